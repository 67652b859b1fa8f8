export function RecentQuestions() {
  return null;
}
