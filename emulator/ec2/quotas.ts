/**
 * Quotas of Elastic Load Balancing that an account may ask to have raised, by Service Quotas' codes.
 * Source: https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-limits.html
 */
export const QUOTAS: readonly { quotaCode: string; quotaName: string; defaultValue: number }[] = [
  {
    quotaCode: "L-A0D0B863",
    quotaName: "Targets per Target Group per Region",
    defaultValue: 1000,
  },
  {
    quotaCode: "L-7E6692B2",
    quotaName: "Targets per Application Load Balancer",
    defaultValue: 1000,
  },
  { quotaCode: "L-7EED9B64", quotaName: "Rules per Application Load Balancer", defaultValue: 100 },
  {
    quotaCode: "L-9365A611",
    quotaName: "Certificates per Application Load Balancer",
    defaultValue: 25,
  },
];
