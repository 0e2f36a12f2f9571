export { dictionary, list } from "./collections";
export { object } from "./object";
export { Place } from "./place";
export { refusal, type Problem } from "./problem";
export { related, type Relation } from "./relations";
export { judged, plain, type Rule } from "./rule";
export { awsId, choice, flag, text, whole } from "./values";
export { suggestion } from "./suggestion";
export { entriesOf, isRecord, strings, valueAt } from "./untyped";
