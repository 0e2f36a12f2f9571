/** The ids of the first servers in the benchmark's account. */
export function serverIds(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `i-${String(index + 1).padStart(17, "0")}`);
}
