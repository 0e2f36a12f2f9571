import { type ResourceType } from "./resourceType";
import { bucket } from "./types/bucket";
import {
  bucketEncryption,
  bucketLifecycle,
  bucketOwnershipControls,
  bucketPolicy,
  bucketPublicAccessBlock,
} from "./types/bucketSettings";
import { autoScalingAttachment } from "./types/autoScalingAttachment";
import { autoScalingGroup } from "./types/autoScalingGroup";
import { dashboard } from "./types/dashboard";
import { launchTemplate } from "./types/launchTemplate";
import { lambdaPermission } from "./types/lambdaPermission";
import { certificate } from "./types/certificate";
import { certificateValidation } from "./types/certificateValidation";
import { listener } from "./types/listener";
import { listenerCertificate } from "./types/listenerCertificate";
import { listenerRule } from "./types/listenerRule";
import { loadBalancer } from "./types/loadBalancer";
import { metricAlarm } from "./types/metricAlarm";
import { record } from "./types/record";
import { scalingPolicy } from "./types/scalingPolicy";
import { securityGroup } from "./types/securityGroup";
import { securityGroupEgressRule, securityGroupIngressRule } from "./types/securityGroupRule";
import { targetGroup } from "./types/targetGroup";
import { targetGroupAttachment } from "./types/targetGroupAttachment";
import { webAclAssociation } from "./types/webAclAssociation";

/** Every resource type that the emulator supports. */
export const RESOURCE_TYPES: readonly ResourceType[] = [
  targetGroup,
  targetGroupAttachment,
  autoScalingAttachment,
  autoScalingGroup,
  launchTemplate,
  scalingPolicy,
  lambdaPermission,
  loadBalancer,
  listener,
  listenerRule,
  listenerCertificate,
  certificate,
  certificateValidation,
  record,
  securityGroup,
  securityGroupIngressRule,
  securityGroupEgressRule,
  metricAlarm,
  dashboard,
  webAclAssociation,
  bucket,
  bucketPolicy,
  bucketPublicAccessBlock,
  bucketOwnershipControls,
  bucketEncryption,
  bucketLifecycle,
];

/** The type that a token names; another one is an error, as nothing is ever ignored here. */
export function resourceType(token: string): ResourceType {
  const found = RESOURCE_TYPES.find((type) => type.token === token);
  if (found === undefined) {
    const supported = RESOURCE_TYPES.map((type) => type.token).join(", ");
    throw new Error(`the emulator does not support ${token}; it supports: ${supported}`);
  }
  return found;
}
