import type * as pulumi from "@pulumi/pulumi";
import { https, keys, replacements } from "./sequences";
import type { Sequence } from "./sequence";

/** A way to break the component, and the problem that the first change of a sequence then has. */
interface Sabotage {
  readonly what: string;
  readonly sequence: Sequence;
  readonly transformation: pulumi.ResourceTransformation;
  readonly problem: RegExp;
}

/** Changes the options of the resources of a type, or of one of them. */
const withOptions =
  (type: string, options: pulumi.CustomResourceOptions, only?: string) =>
  (resource: pulumi.ResourceTransformationArgs) =>
    resource.type === type && (only === undefined || resource.name === only)
      ? { props: resource.props, opts: { ...resource.opts, ...options } }
      : undefined;

const LISTENER = "aws:lb/listener:Listener";
const ATTACHMENT = "aws:lb/targetGroupAttachment:TargetGroupAttachment";

export const SABOTAGES: readonly Sabotage[] = [
  {
    what: "listeners don't wait for the registrations of a new target group",
    sequence: replacements,
    transformation: withOptions(LISTENER, { dependsOn: [] }),
    problem: /requests failed: 503/,
  },
  {
    what: "a registration is deleted before the one that replaces it is made",
    sequence: keys,
    transformation: withOptions(ATTACHMENT, { deleteBeforeReplace: true }),
    problem: /requests failed: 503/,
  },
  {
    what: "HTTP redirects to HTTPS before that listens",
    sequence: https,
    transformation: withOptions(LISTENER, { dependsOn: [] }, "web-http"),
    problem: /requests failed: /,
  },
];
