import { isIPv4 } from "node:net";

/** The network that an IPv4 address with a prefix length lies in, or undefined where it is neither. */
export function networkOf(cidr: string): string | undefined {
  const [address = "", length = "", ...rest] = cidr.split("/");
  if (rest.length > 0 || !isIPv4(address) || !/^(\d|[12]\d|3[0-2])$/.test(length)) return undefined;
  const size = 2 ** (32 - Number(length));
  const start = Math.floor(toNumber(address) / size) * size;
  return `${[24, 16, 8, 0].map((bits) => Math.floor(start / 2 ** bits) % 256).join(".")}/${length}`;
}

/** Whether an IPv4 address lies in one of the networks. */
export function liesIn(address: string, cidrs: readonly string[]): boolean {
  return cidrs.some(
    (cidr) => networkOf(`${address}/${cidr.split("/")[1] ?? ""}`) === networkOf(cidr),
  );
}

function toNumber(address: string): number {
  return address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
}
