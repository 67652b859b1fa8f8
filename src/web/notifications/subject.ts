/** What a report is called where no day of sending is known: its subject, or its target when that names a day. */
export function reportTitle({ subject, targetName }: { subject: string; targetName: string }): string {
  return /\{(?:date|week)\}/u.test(subject) ? targetName : subject.replaceAll("{name}", targetName);
}
