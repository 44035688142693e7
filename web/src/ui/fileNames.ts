/** A file's name as it can be shown: what turns the direction of writing around would let "gpj.exe" read "exe.jpg". */
export function plainName(name: string): string {
  // eslint-disable-next-line no-control-regex
  return name.replace(/[\u0000-\u001f\u007f\u200e\u200f\u061c\u202a-\u202e\u2066-\u2069]/g, "");
}
