import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { useLayoutEffect } from "react";
import { ReadersLocale } from "./ReadersLocale";
import { styleNonce } from "./nonce";
import { usePreferences, useTheme } from "./preferences";
import { queryClient } from "./query";
import { router } from "./router";
import { resolveVariables, theme } from "./theme";

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
    >
      <QueryClientProvider client={queryClient}>
        <ReadersLocale>
          <RouterProvider router={router} />
          <Notifications position="bottom-center" limit={3} autoClose={6000} zIndex={400} />
        </ReadersLocale>
      </QueryClientProvider>
    </MantineProvider>
  );
}
