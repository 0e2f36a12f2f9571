export {
  inRegion,
  loadBalancingArn,
  loadBalancingArnParts,
  namesResources,
  network,
  port,
  seconds,
} from "./awsValues";
export { dictionary, list, named } from "./collections";
export { object, type ChecksOf } from "./object";
export { Failed, valueOrNever, type LookedUp } from "./failed";
export { OutputChecks } from "./outputChecks";
export { ArgumentPath } from "./argumentPath";
export {
  adviceAt,
  problemAt,
  InvalidArgumentsError,
  subjectOf,
  type Edit,
  type Problem,
  type ProblemCode,
  type ReportedProblem,
} from "./problem";
export { checkRelations, type Relation } from "./relations";
export {
  runCheck,
  plain,
  secret,
  type Check,
  type PlainCheck,
  type Accepts as Takes,
} from "./check";
export { legible } from "./format";
export { awsId, choice, flag, text, whole } from "./values";
export { listed, similar } from "./suggestion";
export { entriesOf, inOrder, isRecord, strings, valueAt } from "../shared/guards";
