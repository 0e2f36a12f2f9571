import { isIPv4, isIPv6 } from "node:net";

/** The CIDR block without bits after its prefix; undefined if the text is no CIDR block. */
export function networkOf(cidr: string): string | undefined {
  const [address = "", length = "", ...rest] = cidr.split("/");
  if (rest.length > 0 || !/^(0|[1-9]\d{0,2})$/.test(length)) return undefined;
  const bits = Number(length);
  if (isIPv4(address) && bits <= 32) return `${ipv4Network(address, bits)}/${length}`;
  return isIpv6Address(address) && bits <= 128
    ? `${ipv6Network(address, bits)}/${length}`
    : undefined;
}

/** Whether a text is an IPv6 address without a zone index, as in fe80::1%eth0. */
export function isIpv6Address(text: string): boolean {
  return isIPv6(text) && !text.includes("%");
}

/** Whether a CIDR block has IPv6 addresses. */
export function isIpv6Network(cidr: string): boolean {
  return cidr.includes(":");
}

/** Whether an address is in one of the CIDR blocks. */
export function liesIn(address: string, cidrs: readonly string[]): boolean {
  return cidrs.some(
    (cidr) => networkOf(`${address}/${cidr.split("/")[1] ?? ""}`) === networkOf(cidr),
  );
}

/** The networks in which a target with an IPv4 address outside the VPC must be. */
export const PRIVATE_NETWORKS = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/** Whether an IPv4 CIDR block contains all of another one. */
export function covers(cidr: string, other: string): boolean {
  const [address = "", length = ""] = other.split("/");
  return Number(cidr.split("/")[1]) <= Number(length) && liesIn(address, [cidr]);
}

function ipv4Network(address: string, bits: number): string {
  const size = 2 ** (32 - bits);
  const start = Math.floor(toNumber(address) / size) * size;
  return [24, 16, 8, 0].map((shift) => Math.floor(start / 2 ** shift) % 256).join(".");
}

function toNumber(address: string): number {
  return address.split(".").reduce((number, octet) => number * 256 + Number(octet), 0);
}

function ipv6Network(address: string, bits: number): string {
  const groups = groupsOf(address).map((group, index) => {
    const size = 2 ** Math.min(16, Math.max(0, 16 * (index + 1) - bits));
    return Math.floor(group / size) * size;
  });
  return canonical(groups.map((group) => group.toString(16)).join(":"));
}

/** The eight numbers of an address. */
function groupsOf(address: string): number[] {
  const [before = [], after = []] = canonical(address)
    .split("::")
    .map((half) => (half === "" ? [] : half.split(":")));
  const zeros = Array<string>(8 - before.length - after.length).fill("0");
  return [...before, ...zeros, ...after].map((group) => parseInt(group, 16));
}

/** The canonical form of an IPv6 address (RFC 5952), which URLs use too. */
export function canonical(address: string): string {
  return new URL(`http://[${address}]`).hostname.slice(1, -1);
}
