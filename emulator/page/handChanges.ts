import type { SecurityGroupRule } from "../aws";
import { SERVER_HEADER } from "../elb/attributes";
import type { Emulator } from "../emulator";
import type { AccountState } from "./account";

/** A call that somebody could make in AWS's console, past Pulumi. */
export type Call =
  | { readonly name: "revokeRule"; readonly ruleId: string }
  | { readonly name: "deleteRule"; readonly arn: string }
  | {
      readonly name: "listenerAttribute" | "loadBalancerAttribute" | "targetGroupAttribute";
      readonly arn: string;
      readonly key: string;
      readonly value: string;
    };

/** A change by hand that is possible now. */
export interface HandChange {
  readonly id: string;
  readonly text: string;
  readonly call: Call;
}

const IDLE_TIMEOUT = "idle_timeout.timeout_seconds";
const DELAY = "deregistration_delay.timeout_seconds";

/** What could be changed by hand, which Pulumi then finds as drift. */
export function handChanges(state: AccountState): HandChange[] {
  const rules = state.securityGroups.flatMap(({ groupName, rules: own }) =>
    own.map((rule) => ({
      text: `Delete ${describeRule(rule)} in ${groupName}`,
      call: { name: "revokeRule", ruleId: rule.securityGroupRuleId } as const,
    })),
  );
  const listeners = state.listeners.map(({ listenerArn: arn, port, attributes }) => {
    const isOn = attributes[SERVER_HEADER] === "true";
    return {
      text: `${isOn ? "Remove" : "Restore"} the Server header of listener ${port}`,
      call: { name: "listenerAttribute", arn, key: SERVER_HEADER, value: String(!isOn) } as const,
    };
  });
  const listenerRules = state.rules.map(({ ruleArn: arn, listenerArn, priority }) => {
    const port = state.listeners.find((one) => one.listenerArn === listenerArn)?.port ?? 0;
    return {
      text: `Delete rule ${priority} of listener ${port}`,
      call: { name: "deleteRule", arn } as const,
    };
  });
  const loadBalancers = state.loadBalancers.map((one) => {
    const value = other(one.attributes[IDLE_TIMEOUT], "60", "120");
    return {
      text: `Idle timeout of ${one.loadBalancerName}: ${value} s`,
      call: {
        name: "loadBalancerAttribute",
        arn: one.loadBalancerArn,
        key: IDLE_TIMEOUT,
        value,
      } as const,
    };
  });
  const groups = state.targetGroups
    .filter(({ targetType }) => targetType !== "lambda")
    .map((one) => {
      const value = other(one.attributes[DELAY], "5", "300");
      return {
        text: `Deregistration delay of ${one.targetGroupName}: ${value} s`,
        call: {
          name: "targetGroupAttribute",
          arn: one.targetGroupArn,
          key: DELAY,
          value,
        } as const,
      };
    });
  return [...rules, ...listenerRules, ...listeners, ...loadBalancers, ...groups].map((change) => ({
    id: JSON.stringify(change.call),
    ...change,
  }));
}

const other = (now: string | undefined, one: string, another: string) =>
  now === one ? another : one;

function describeRule(rule: SecurityGroupRule): string {
  const { ipProtocol, fromPort, toPort, isEgress } = rule;
  const ports = fromPort === toPort ? String(fromPort ?? "") : `${fromPort ?? ""}-${toPort ?? ""}`;
  const what = ipProtocol === "-1" ? "all traffic" : `${ipProtocol} ${ports}`;
  const peer = rule.cidrIpv4 ?? rule.cidrIpv6 ?? rule.referencedGroupId ?? rule.prefixListId ?? "";
  return isEgress ? `outbound ${what} to ${peer}` : `inbound ${what} from ${peer}`;
}

/** Makes a change; AWS's refusal is thrown. */
export function makeCall({ ec2, elb }: Emulator, call: Call): void {
  switch (call.name) {
    case "revokeRule":
      ec2.securityGroups.revoke(call.ruleId);
      break;
    case "deleteRule":
      elb.deleteRule(call.arn);
      break;
    case "listenerAttribute":
      elb.modifyListenerAttributes(call.arn, { [call.key]: call.value });
      break;
    case "loadBalancerAttribute":
      elb.modifyLoadBalancerAttributes(call.arn, { [call.key]: call.value });
      break;
    case "targetGroupAttribute":
      elb.modifyTargetGroupAttributes(call.arn, { [call.key]: call.value });
  }
}
