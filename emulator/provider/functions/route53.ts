import { during, unlessGone } from "../awsCalls";
import { given, textOf } from "../properties";
import { type ProviderFunction, ID } from "./providerFunction";

/** A hosted zone by its id. The real function finds by name or tags too, which is not supported. */
export const getZone: ProviderFunction = {
  token: "aws:route53/getZone:getZone",
  inputs: { zoneId: { kind: "string", required: true } },
  outputs: {
    ...ID,
    arn: { kind: "string" },
    name: { kind: "string" },
    privateZone: { kind: "boolean" },
  },
  async invoke(args, { route53, calls }) {
    const zoneId = given(textOf(args, "zoneId"), "zoneId");
    const found = await during(
      `reading Route 53 Hosted Zone (${zoneId})`,
      unlessGone(
        "NoSuchHostedZone",
        calls.route53("GetHostedZone", () => route53.zone(zoneId)),
      ),
    );
    // The real provider's words, which drop AWS's own.
    if (found === undefined) throw new Error("couldn't find resource");
    const { name, isPrivate = false } = found;
    const arn = `arn:aws:route53:::hostedzone/${zoneId}`;
    return { id: zoneId, zoneId, arn, name, privateZone: isPrivate };
  },
};
