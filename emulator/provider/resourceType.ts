import { type EmulatedAcm } from "../acm";
import { type EmulatedAutoScaling } from "../autoScaling/autoScaling";
import { type ElasticLoadBalancing } from "../aws";
import { type EmulatedCloudWatch } from "../cloudWatch";
import { type EmulatedEc2 } from "../ec2/ec2";
import { type EmulatedLambda } from "../lambda";
import { type EmulatedRoute53 } from "../route53";
import { type AwsCalls } from "./awsCalls";
import { type Shape } from "./properties";
import { type TagStore } from "./tags";
import { type Properties } from "./values";

/** What the provider works on. */
export interface Aws {
  readonly ec2: EmulatedEc2;
  readonly elb: ElasticLoadBalancing;
  readonly acm: EmulatedAcm;
  readonly autoScaling: EmulatedAutoScaling;
  readonly cloudWatch: EmulatedCloudWatch;
  readonly lambda: EmulatedLambda;
  readonly route53: EmulatedRoute53;
  readonly calls: AwsCalls;
  readonly tags: TagStore;
}

export interface Failure {
  readonly property: string;
  readonly reason: string;
}

export interface Created {
  readonly id: string;
  /** What is left to do once the resource exists: when it fails, the resource is kept and said to be incomplete. */
  readonly finish?: () => Promise<void>;
}

/** One resource type as the real provider has it: its properties, and the AWS calls behind it. */
export interface ResourceType {
  readonly token: string;
  readonly inputs: Shape;
  /** What only AWS decides. */
  readonly outputs: Shape;
  /** The longest name, for types whose name is made from the logical one where none is given. */
  readonly longestName?: number;
  /** The property with that name. Defaults to "name". */
  readonly nameProperty?: string;
  /** The outputs that an update to these inputs makes anew, so that a preview can't know them. */
  renewed?(olds: Properties, news: Properties): readonly string[];
  /** The properties whose change makes a new resource, beyond those that always do. */
  replacing?(olds: Properties, news: Properties): readonly string[];
  /** Rules between properties that the real provider checks itself. */
  check?(inputs: Properties): Failure[];
  /** The timeout, in seconds, is for types that wait; undefined where the program gives none. */
  create(inputs: Properties, aws: Aws, timeout?: number): Promise<Created>;
  /** What AWS says of the resource; undefined when it is gone. `state` is what is known of it, empty at an import. */
  read(id: string, state: Properties, aws: Aws): Promise<Properties | undefined>;
  update(id: string, olds: Properties, news: Properties, aws: Aws): Promise<void>;
  delete(id: string, state: Properties, aws: Aws): Promise<void>;
}
