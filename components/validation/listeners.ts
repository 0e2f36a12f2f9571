import { ProtocolVersion } from "../args";
import { HTTPS_PORT, isEncrypted } from "../encryption";
import * as rules from "../rules";
import { httpsRelations, httpsRules } from "./https";
import { port } from "./healthCheck";

/** What clients speak to. */
export function listenersRules(availabilityZones: unknown): Record<string, rules.Rule> {
  return {
    port,
    ...httpsRules(availabilityZones),
  };
}

const httpsPort: rules.Relation = {
  of: [],
  judge(args, at) {
    if (!isEncrypted(args) || args.port !== HTTPS_PORT) return;
    at.key("port").refuse(
      `can't be ${HTTPS_PORT} with a certificate, since HTTPS listens there; leave it out to redirect from 80`,
    );
  },
};

const encrypted: rules.Relation = {
  of: [],
  judge({ targetGroup, targetGroups, ...args }, at) {
    if (isEncrypted(args)) return;
    const further = rules
      .entriesOf(targetGroups)
      .map(([key, group]) => [group, at.key("targetGroups").key(key)] as const);
    for (const [settings, place] of [[targetGroup, at.key("targetGroup")] as const, ...further]) {
      const version = rules.valueAt(settings, "protocolVersion");
      if (version !== ProtocolVersion.HTTP2 && version !== ProtocolVersion.GRPC) continue;
      place
        .key("protocolVersion")
        .state(
          `can be ${version} behind an HTTPS listener only; pass a certificateArn or a domain`,
        );
    }
  },
};

export const listenersRelations = [httpsPort, encrypted, ...httpsRelations];
