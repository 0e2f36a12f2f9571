/** Where HTTPS is served, here and by everyone. */
export const HTTPS_PORT = 443;

/** Whether clients are served by HTTPS. */
export const isEncrypted = ({ certificateArn, domain }: Certified) =>
  certificateArn !== undefined || domain !== undefined;

/** What brings a certificate, in arguments that may still be wrong. */
type Certified = Readonly<Partial<Record<"certificateArn" | "domain", unknown>>>;
