// Runs before the first paint, so that a dark page never flashes white. Kept in step with app/preferences.ts.
(() => {
  let theme = "system";
  try {
    theme = JSON.parse(localStorage.getItem("gridlens.preferences") ?? "{}").theme ?? theme;
  } catch {
    // A browser without storage, or a value that is not ours: the system decides.
  }
  if (theme === "system") theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  document.documentElement.dataset.theme = theme;
  document.documentElement.dataset.mantineColorScheme = theme;
})();
