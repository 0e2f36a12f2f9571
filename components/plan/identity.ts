import * as pulumi from "@pulumi/pulumi";
import { isIpv6Address } from "../shared/cidr";
import { valueIfKnown } from "../shared/previewValues";

/*
 * AWS identifies some things only by their values: a registered target by its target group, ID and port; an
 * attached Auto Scaling group by its name; a listener's certificate by its ARN. If the resource was named after
 * the user's key, a change of the key would first create what AWS already has, and then delete it for the old
 * key. So the resource is named after the value, and a change of the key changes nothing. Earlier versions
 * named it after the key, so that name is an alias. No new name can be a name of earlier versions: an alias
 * would then take over the resource of another key.
 */

/** Where a resource that AWS identifies by a value comes from. */
export interface Identified {
  readonly value: pulumi.Input<string>;
  /** The user's key, which names the resource if the value is secret, or unknown at preview. */
  readonly key: string;
}

/**
 * Calls `create` with the value for the resource's name: immediately, or when the value is known. During an
 * update it waits for the value. During a preview, an unknown value is replaced by the key.
 */
export function createByValue<R>(
  { value, key }: Identified,
  create: (label: string) => R,
): R | Promise<R> {
  if (typeof value === "string") return create(value);
  return textForName(pulumi.output(value)).then((text) => create(text ?? key));
}

/** The value, or undefined if it is unknown, secret, or failed. The resource that uses it reports a failure. */
async function textForName(value: pulumi.Output<string>): Promise<string | undefined> {
  const text = await valueIfKnown(value);
  const isUsable = typeof text === "string" && text !== "" && !(await pulumi.isSecret(value));
  return isUsable ? text : undefined;
}

/** The part of a registration's name that says what is registered: an ID or a function, and the port. */
export function registrationLabel(id: string, port: number | undefined): string {
  const [, target = id] = /^arn:[^:]*:lambda:.*:function:(.*)$/.exec(id) ?? [];
  return port === undefined ? target : `${addressLabel(target)}:${port}`;
}

/** An address, or a user's key, for a resource's name. */
export function addressLabel(address: string): string {
  return isIpv6Address(address) ? ipv6Label(address) : address;
}

/** An IPv6 address or network for a resource's name, which can't contain "::", because URNs use it as a separator. */
export function ipv6Label(text: string): string {
  return text.replaceAll(":", "-");
}

/** The part of the name of a listener's certificate that says which certificate it is. */
export function certificateLabel(arn: string): string {
  return arn.slice(arn.lastIndexOf("/") + 1);
}
