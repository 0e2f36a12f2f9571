import { AwsError } from "./aws";

/** An alarm as it was put: what it watches, and what it does. */
export interface Alarm {
  readonly alarmName: string;
  readonly alarmArn: string;
  readonly settings: Readonly<Record<string, unknown>>;
  /**
   * Always that of a new alarm: metrics are gathered by the minute, which nobody waits for here, so
   * none are here and alarms stay as they begin.
   */
  readonly stateValue: "INSUFFICIENT_DATA";
}

const MAX_ACTIONS = 5;

/**
 * CloudWatch's alarms and dashboards, as an account has them.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
 */
export class EmulatedCloudWatch {
  private readonly alarms = new Map<string, Alarm>();
  private readonly dashboards = new Map<string, string>();

  constructor(private readonly place: { readonly region: string; readonly accountId: string }) {}

  putMetricAlarm(alarmName: string, settings: Readonly<Record<string, unknown>>): void {
    for (const key of ["alarmActions", "okActions", "insufficientDataActions"]) {
      const actions = settings[key];
      if (Array.isArray(actions) && actions.length > MAX_ACTIONS) {
        throw invalid(`Member must have length less than or equal to ${MAX_ACTIONS}: ${key}`);
      }
    }
    const { region, accountId } = this.place;
    const alarmArn = `arn:aws:cloudwatch:${region}:${accountId}:alarm:${alarmName}`;
    this.alarms.set(alarmName, {
      alarmName,
      alarmArn,
      settings,
      stateValue: "INSUFFICIENT_DATA",
    });
  }

  /** One that does not exist is no error, but undefined. */
  describeAlarm(alarmName: string): Alarm | undefined {
    return this.alarms.get(alarmName);
  }

  describeAlarms(): Alarm[] {
    return [...this.alarms.values()];
  }

  deleteAlarm(alarmName: string): void {
    if (this.alarms.delete(alarmName)) return;
    throw new AwsError("ResourceNotFound", `Unknown alarm: ${alarmName}`);
  }

  /** Overwrites one of the same name. */
  putDashboard(dashboardName: string, body: string): void {
    if (!/^[A-Za-z0-9_-]{1,255}$/.test(dashboardName)) {
      throw invalid(`The field DashboardName must only contain alphanumerics, dash and underscore`);
    }
    if (!isDashboard(body)) {
      throw new AwsError("InvalidParameterInput", "The dashboard body is invalid: no widgets");
    }
    this.dashboards.set(dashboardName, body);
  }

  getDashboard(dashboardName: string): string {
    const body = this.dashboards.get(dashboardName);
    if (body !== undefined) return body;
    throw new AwsError("ResourceNotFound", `Dashboard ${dashboardName} does not exist`);
  }

  /** The bodies of all dashboards, by name. */
  describeDashboards(): Record<string, string> {
    return Object.fromEntries(this.dashboards);
  }

  deleteDashboard(dashboardName: string): void {
    this.getDashboard(dashboardName);
    this.dashboards.delete(dashboardName);
  }
}

const invalid = (message: string) => new AwsError("ValidationError", message);

function isDashboard(body: string): boolean {
  try {
    const parsed: unknown = JSON.parse(body);
    return typeof parsed === "object" && parsed !== null && "widgets" in parsed;
  } catch {
    return false;
  }
}
