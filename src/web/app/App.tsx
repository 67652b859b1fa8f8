import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { Suspense, lazy, useLayoutEffect } from "react";
import { ReadersLocale } from "./ReadersLocale";
import { styleNonce } from "./nonce";
import { usePreferences, useTheme } from "./preferences";
import { queryClient } from "./query";
import { router } from "./router";
import { resolveVariables, theme } from "./theme";

const Toasts = lazy(() => import("./Toasts"));

export function App() {
  const colours = useTheme();
  const { density } = usePreferences();
  useLayoutEffect(() => {
    document.documentElement.dataset.theme = colours;
    document.documentElement.dataset.density = density;
  }, [colours, density]);

  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={colours}
      cssVariablesResolver={resolveVariables}
      getStyleNonce={styleNonce}
      deduplicateCssVariables={false}
    >
      <QueryClientProvider client={queryClient}>
        <ReadersLocale>
          <RouterProvider router={router} />
          <Suspense>
            <Toasts />
          </Suspense>
        </ReadersLocale>
      </QueryClientProvider>
    </MantineProvider>
  );
}
