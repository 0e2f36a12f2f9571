import type * as pulumi from "@pulumi/pulumi";
import type { Allowed } from "../network";
import { accountQuestions, type AccountQuestions } from "./accountQuestions";
import { allowing } from "./allowing";
import { ec2Questions, type Ec2Questions } from "./ec2Questions";
import { loadBalancingQuestions, type LoadBalancingQuestions } from "./loadBalancingQuestions";
import { securityGroupQuestions, type SecurityGroupQuestions } from "./securityGroupQuestions";

/** All that the checks ask AWS. */
export interface Questions
  extends Ec2Questions, SecurityGroupQuestions, AccountQuestions, LoadBalancingQuestions {
  readonly allowed: Allowed;
}

export function questionsTo(parent: pulumi.Resource): Questions {
  const allowed = allowing(parent);
  return {
    allowed,
    ...ec2Questions(allowed, parent),
    ...securityGroupQuestions(allowed, parent),
    ...accountQuestions(allowed, parent),
    ...loadBalancingQuestions(allowed, parent),
  };
}
