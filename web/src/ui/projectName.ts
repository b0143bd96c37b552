/** "/data/pets.misnomer" → "pets". */
export function projectName(path: string): string {
  const name = path.split(/[/\\]/).filter(Boolean).at(-1) ?? path;
  return name.replace(/\.misnomer$/, "");
}
