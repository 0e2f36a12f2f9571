import { randomBytes } from "node:crypto";
import { AwsError } from "./aws";

/** A hosted zone of the account. */
export interface HostedZone {
  readonly zoneId: string;
  /** Without the dot at its end. */
  readonly name: string;
  /** Whether only VPCs are answered. */
  readonly isPrivate?: boolean;
}

export interface RecordAlias {
  readonly name: string;
  readonly zoneId: string;
  readonly evaluateTargetHealth: boolean;
}

/** What a zone answers for a name: values, or those of what it is an alias of. */
export interface RecordSet {
  readonly name: string;
  readonly type: string;
  readonly ttl?: number;
  readonly values: readonly string[];
  readonly alias?: RecordAlias;
}

/** A name as Route 53 compares it. */
export const normalized = (name: string) => name.toLowerCase().replace(/\.$/, "");

/** The hosted zones of the account and what is in them. */
export class EmulatedRoute53 {
  private readonly records = new Map<string, RecordSet>();
  private readonly subscribers: (() => void)[] = [];

  constructor(private readonly zones: readonly HostedZone[]) {}

  onChange(subscriber: () => void): void {
    this.subscribers.push(subscriber);
  }

  /** One change of a batch; the id of the change. */
  change(action: "CREATE" | "UPSERT" | "DELETE", zoneId: string, record: RecordSet): string {
    const zone = this.zone(zoneId);
    this.checkPlace(zone, record);
    const key = keyOf(zoneId, record.name, record.type);
    if (action === "CREATE" && this.records.has(key)) {
      throw invalidBatch(
        `Tried to create resource record set ${shown(record)} but it already exists`,
      );
    }
    if (action === "DELETE" && !this.records.delete(key)) {
      throw invalidBatch(
        `Tried to delete resource record set ${shown(record)} but it was not found`,
      );
    }
    if (action !== "DELETE") this.records.set(key, record);
    for (const subscriber of this.subscribers) subscriber();
    return `C${randomBytes(10).toString("hex").toUpperCase()}`;
  }

  find(zoneId: string, name: string, type: string): RecordSet | undefined {
    this.zone(zoneId);
    return this.records.get(keyOf(zoneId, name, type));
  }

  /** The record that answers for a name: its own, or one with a wildcard. */
  answer(name: string, type: string): RecordSet | undefined {
    const wildcard = normalized(name).replace(/^[^.]+/, "*");
    const all = this.zones
      .filter(({ isPrivate = false }) => !isPrivate)
      .flatMap(({ zoneId }) => this.recordsIn(zoneId))
      .filter((record) => record.type === type);
    const named = (wanted: string) => all.find((record) => normalized(record.name) === wanted);
    return named(normalized(name)) ?? named(wildcard);
  }

  zone(zoneId: string): HostedZone {
    const found = this.zones.find((zone) => zone.zoneId === zoneId);
    if (found !== undefined) return found;
    throw new AwsError("NoSuchHostedZone", `No hosted zone found with ID: ${zoneId}`);
  }

  recordsIn(zoneId: string): RecordSet[] {
    return [...this.records]
      .filter(([key]) => key.startsWith(`${zoneId} `))
      .map(([, record]) => record);
  }

  private checkPlace(zone: HostedZone, { name }: RecordSet): void {
    const host = normalized(name);
    if (host === zone.name || host.endsWith(`.${zone.name}`)) return;
    throw invalidBatch(`RRSet with DNS name ${host}. is not permitted in zone ${zone.name}.`);
  }
}

const keyOf = (zoneId: string, name: string, type: string) =>
  [zoneId, normalized(name), type].join(" ");

const shown = ({ name, type }: RecordSet) => `[name='${normalized(name)}.', type='${type}']`;

const invalidBatch = (message: string) => new AwsError("InvalidChangeBatch", `[${message}]`);
