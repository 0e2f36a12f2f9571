import { SERVERS } from "./servers";
import { TARGET_GROUP } from "./targetGroup";

/** Further target groups take what the main one takes, and have servers of their own. */
export const FURTHER_GROUPS = [...TARGET_GROUP, ...SERVERS].map(({ beside, ...reached }) => {
  const path = `targetGroups.key.${reached.path.replace(/^targetGroup\./, "")}`;
  const child = reached.child.replace(/^web-(tg|attachment|asg)/, "web-$1-key");
  return { ...reached, path, child, beside: furtherGroup(beside) };
});

function furtherGroup(beside: {
  targetGroup?: object;
  targets?: object;
  certificateArn?: string;
  ipAddressType?: string;
}) {
  const { targetGroup = {}, targets, certificateArn, ipAddressType } = beside;
  const servers = targets === undefined ? {} : { targets };
  return {
    certificateArn,
    ipAddressType,
    targetGroups: { key: { ...targetGroup, ...servers } },
    forward: { weights: { key: 1 } },
    instanceIds: undefined,
  };
}
