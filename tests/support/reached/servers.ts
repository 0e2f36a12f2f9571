import { reaches } from "./reaches";

const ADDRESSES = { targetGroup: { targetType: "ip" }, targets: { key: { id: "10.0.0.1" } } };

export const SERVERS = [
  reaches("instanceIds", ["i-1"], "web-attachment-i-1 targetId", "i-1"),
  reaches("targets.key.id", "i-2", "web-attachment-key targetId", "i-2", { instanceIds: [] }),
  reaches("targets.key.port", 81, "web-attachment-key port", 81, {
    targets: { key: { id: "i-2" } },
  }),
  reaches("targets.key.availabilityZone", "all", "web-attachment-key availabilityZone", "all", {
    ...ADDRESSES,
    instanceIds: undefined,
  }),
  reaches("autoScalingGroupNames.key", "fleet", "web-asg-key autoscalingGroupName"),
];
