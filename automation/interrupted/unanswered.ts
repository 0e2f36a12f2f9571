import type { Deployment } from "@pulumi/pulumi/automation";
import { isRecord, valueAt } from "../../components/checks";
import { rejectionsIn } from "../awsAdvice";
import type { Progress } from "../progress";
import { type Creation, creationOf, resourcesOf } from "./deployment";

/**
 * The answers to a call that repeats one whose answer was lost. AWS gives them to a resource that somebody else
 * created, too.
 */
const REPEATED = [
  "DuplicateListener",
  "DuplicateLoadBalancerName",
  "DuplicateTargetGroupName",
  "InvalidGroup.Duplicate",
  "InvalidPermission.Duplicate",
  "PriorityInUse",
];

/** What a rule or listener belongs to. */
const OWNERS = ["securityGroupId", "referencedSecurityGroupId", "loadBalancerArn", "listenerArn"];

/**
 * The creations that failed without an answer of AWS, for example because the provider crashed. The resources may
 * be in AWS.
 */
export function unansweredCreations(
  { failedCreations, errors }: Progress,
  state: Deployment,
): Creation[] {
  const ids = new Set(resourcesOf(state).map(({ id }) => id));
  return failedCreations.flatMap((resource) => {
    if (!isRecord(resource)) return [];
    const messages = errors.filter(({ urn }) => urn === resource.urn);
    const codes = messages
      .flatMap(({ message, urn }) => rejectionsIn(message, urn))
      // The provider reads a resource after AWS has created it.
      .filter(({ call }) => !/^(Describe|Get|Head|List)/.test(call))
      .map(({ code }) => code);
    const given = OWNERS.map((key) => valueAt(resource.inputs, key)).filter(
      (one) => one !== undefined,
    );
    const isOwn = given.length === 0 || given.some((one) => ids.has(one));
    const isUnanswered = codes.every((code) => isOwn && REPEATED.includes(code));
    return isUnanswered ? creationOf(asInState(resource)) : [];
  });
}

/** A resource of an event, in the form of the state. */
function asInState({
  urn,
  type,
  custom,
  inputs,
  parent,
  provider,
  protect,
  retainOnDelete,
}: Record<string, unknown>) {
  const all = { urn, type, custom, inputs, parent, provider, protect, retainOnDelete };
  return Object.fromEntries(
    Object.entries(all).filter(([, value]) => value !== undefined && value !== ""),
  );
}
