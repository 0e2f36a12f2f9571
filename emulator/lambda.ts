import { AwsError, type LambdaFunction, type LambdaPermission } from "./aws";
import type { Account } from "./sampleAccount";

/** A statement of a function's policy, and of which of its versions or aliases. */
export interface Statement extends LambdaPermission {
  readonly statementId: string;
}

/** Lambda of one account: functions that run in this process, and who may invoke them. */
export class EmulatedLambda {
  constructor(private readonly account: Account) {}

  addPermission(functionArn: string, statement: Statement): void {
    const { permissions } = this.function(functionArn);
    const { statementId } = statement;
    if (!/^[\w-]{1,100}$/.test(statementId)) {
      throw new AwsError(
        "ValidationException",
        `1 validation error detected: Value '${statementId}' at 'statementId' failed to satisfy constraint: ` +
          "Member must have 1 to 100 characters of the pattern ([a-zA-Z0-9-_]+)",
      );
    }
    if (permissions.some((one) => "statementId" in one && one.statementId === statementId)) {
      throw new AwsError(
        "ResourceConflictException",
        `The statement id (${statementId}) provided already exists.`,
      );
    }
    permissions.push(statement);
  }

  findPermission(functionArn: string, statementId: string): Statement | undefined {
    return this.function(functionArn)
      .permissions.filter((one): one is Statement => "statementId" in one)
      .find((one) => one.statementId === statementId);
  }

  removePermission(functionArn: string, statementId: string): void {
    const { permissions } = this.function(functionArn);
    const found = this.findPermission(functionArn, statementId);
    if (found === undefined) {
      throw notFound(`Statement ${statementId} is not found in resource policy.`);
    }
    permissions.splice(permissions.indexOf(found), 1);
  }

  private function(functionArn: string): LambdaFunction {
    const found = this.account.functions.find((one) => one.functionArn === functionArn);
    if (found === undefined) {
      throw notFound(`Function not found: ${functionArn}`);
    }
    return found;
  }
}

const notFound = (message: string) => new AwsError("ResourceNotFoundException", message);
