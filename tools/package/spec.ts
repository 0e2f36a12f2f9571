/*
 * The parts of Pulumi's package schema that are used here. The schema is described at
 * https://www.pulumi.com/docs/iac/using-pulumi/extending-pulumi/schema/.
 */

export interface TypeSpec {
  readonly type?: string;
  readonly $ref?: string;
  readonly items?: TypeSpec;
  readonly additionalProperties?: TypeSpec;
  readonly oneOf?: readonly TypeSpec[];
  readonly plain?: boolean;
}

export interface PropertySpec extends TypeSpec {
  readonly description?: string;
  readonly default?: string | number | boolean;
}

export interface EnumValueSpec {
  readonly name: string;
  readonly value: string | number;
  readonly description?: string;
}

export interface ComplexTypeSpec {
  readonly type: string;
  readonly description?: string;
  readonly properties?: Readonly<Record<string, PropertySpec>>;
  readonly required?: readonly string[];
  readonly enum?: readonly EnumValueSpec[];
}

export interface ResourceSpec extends ComplexTypeSpec {
  readonly isComponent: boolean;
  readonly inputProperties: Readonly<Record<string, PropertySpec>>;
  readonly requiredInputs?: readonly string[];
}

export interface PackageSpec {
  readonly name: string;
  readonly version: string;
  readonly language: Readonly<Record<string, object>>;
  readonly types: Readonly<Record<string, ComplexTypeSpec>>;
  readonly resources: Readonly<Record<string, ResourceSpec>>;
}
