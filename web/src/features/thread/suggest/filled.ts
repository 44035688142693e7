/** A canned reply with its variables filled in: {{customer}} and {{agent}} become first names; others stay. Pure. */
export function filled(text: string, names: { customer: string | undefined; agent: string }): string {
  const values: Readonly<Record<string, string>> = {
    customer: first(names.customer ?? ""),
    agent: first(names.agent),
  };
  return text.replace(/([^\S\n]?)\{\{\s*(\w+)\s*\}\}/g, (whole, gap: string, name: string) => {
    const value = values[name];
    if (value === undefined) return whole;
    // A customer without a name leaves no blank before the comma.
    return value === "" ? "" : gap + value;
  });
}

function first(name: string): string {
  return name.trim().split(/\s+/)[0] ?? "";
}
