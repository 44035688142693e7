/** Relative luminance by WCAG 2, of a colour such as #4338ca. */
export function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const part = parseInt(colour.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** Black or white, whichever is easier to read on a colour: 4.5 to 1 at least, on any. */
export function ink(colour: string): "#000" | "#fff" {
  const own = luminance(colour);
  return 1.05 / (own + 0.05) >= (own + 0.05) / 0.05 ? "#fff" : "#000";
}
