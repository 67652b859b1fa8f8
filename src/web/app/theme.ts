import {
  type CSSVariablesResolver,
  type MantineColorsTuple,
  type MantineThemeComponents,
  type VariantColorsResolver,
  createTheme,
} from "@mantine/core";
import { createElement } from "react";
import { Icon } from "../parts/Icon";

/** The same token in all ten shades: our tokens change with the theme by themselves. */
function flat(token: string): MantineColorsTuple {
  const shade = `var(${token})`;
  return [shade, shade, shade, shade, shade, shade, shade, shade, shade, shade];
}

function shades(...tokens: [string, string, string, string, string, string, string, string, string, string]) {
  const [a, b, c, d, e, f, g, h, i, j] = tokens;
  const shade = (token: string) => `var(--${token})`;
  const tuple: MantineColorsTuple = [
    shade(a),
    shade(b),
    shade(c),
    shade(d),
    shade(e),
    shade(f),
    shade(g),
    shade(h),
    shade(i),
    shade(j),
  ];
  return tuple;
}

const border = (color: string) => `1px solid ${color}`;

/** Ink interface: colour only marks danger, and links through `accent`. */
const colorsOfVariant: VariantColorsResolver = ({ variant, color }) => {
  const isDanger = color === "danger" || color === "red";
  const text = isDanger ? "var(--danger)" : color === "accent" ? "var(--accent)" : "var(--ink)";
  switch (variant) {
    case "filled": {
      const fill = isDanger ? "var(--danger)" : color === "accent" ? "var(--accent)" : "var(--ink)";
      return {
        background: fill,
        hover: `color-mix(in srgb, ${fill} 86%, var(--surface))`,
        color: "var(--on-ink)",
        border: border(fill),
      };
    }
    case "subtle":
    case "transparent":
      return {
        background: "transparent",
        hover: "var(--sunken)",
        color: isDanger || color === "accent" ? text : "var(--ink-2)",
        border: border("transparent"),
      };
    case "light":
      return {
        background: isDanger ? "var(--danger-soft)" : color === "accent" ? "var(--accent-soft)" : "var(--sunken)",
        hover: "var(--line)",
        color: text,
        border: border("transparent"),
      };
    default:
      return { background: "var(--surface)", hover: "var(--surface-2)", color: text, border: border("var(--line-2)") };
  }
};

const buttonSizes: Record<string, { height: string; padding: string; font: string }> = {
  xs: { height: "var(--control-sm)", padding: "9px", font: "var(--fs-12)" },
  sm: { height: "var(--control-md)", padding: "12px", font: "var(--fs-13)" },
  md: { height: "var(--control-lg)", padding: "16px", font: "var(--fs-14)" },
  lg: { height: "44px", padding: "16px", font: "var(--fs-14)" },
};
const inputSizes: Record<string, { height: string; font: string }> = {
  xs: { height: "var(--control-sm)", font: "var(--fs-12)" },
  sm: { height: "var(--control-md)", font: "var(--fs-13)" },
  md: { height: "var(--control-lg)", font: "var(--fs-14)" },
  lg: { height: "44px", font: "var(--fs-14)" },
};
const iconSizes: Record<string, string> = { xs: "24px", sm: "28px", md: "32px", lg: "40px" };

interface Sized {
  size?: string | number;
}

const chevron = createElement(Icon, { name: "down", size: 14 });

// By name and without their code, so that a component loads with the page that shows it.
const components: MantineThemeComponents = {
  Button: {
    defaultProps: { variant: "default", size: "sm" },
    vars: (_theme: unknown, { size }: Sized) => {
      const { height, padding, font } = buttonSizes[String(size ?? "sm")] ?? {};
      return { root: { "--button-height": height, "--button-padding-x": padding, "--button-fz": font } };
    },
  },
  ActionIcon: {
    defaultProps: { variant: "subtle", size: "md" },
    vars: (_theme: unknown, { size }: Sized) => ({ root: { "--ai-size": iconSizes[String(size ?? "md")] } }),
  },
  Input: {
    defaultProps: { size: "sm" },
    vars: (_theme: unknown, { size }: Sized) => {
      const { height, font } = inputSizes[String(size ?? "sm")] ?? {};
      return { wrapper: { "--input-height": height, "--input-fz": font, "--input-padding": "10px" } };
    },
  },
  Checkbox: { defaultProps: { size: "xs", radius: 4 } },
  Switch: { defaultProps: { size: "xs", withThumbIndicator: false } },
  Menu: { defaultProps: { shadow: "md", radius: "md", offset: 4, withInitialFocusPlaceholder: false } },
  Popover: { defaultProps: { shadow: "md", radius: "md" } },
  Modal: {
    defaultProps: {
      radius: "lg",
      shadow: "xl",
      centered: true,
      padding: 0,
      overlayProps: { color: "var(--scrim)", backgroundOpacity: 1 },
      closeButtonProps: { "aria-label": "Close" },
    },
  },
  Drawer: {
    defaultProps: {
      shadow: "xl",
      padding: 0,
      overlayProps: { color: "var(--scrim)", backgroundOpacity: 1 },
      closeButtonProps: { "aria-label": "Close" },
    },
  },
  // Mantine makes them `header` elements, which in a dialog would be a second banner of the page.
  ModalHeader: { defaultProps: { role: "presentation" } },
  DrawerHeader: { defaultProps: { role: "presentation" } },
  Select: { defaultProps: { rightSection: chevron, rightSectionPointerEvents: "none" } },
  NativeSelect: { defaultProps: { rightSection: chevron, rightSectionPointerEvents: "none" } },
  Tooltip: { defaultProps: { openDelay: 400, events: { hover: true, focus: true, touch: false } } },
  SegmentedControl: { defaultProps: { size: "xs" } },
};

export const theme = createTheme({
  primaryColor: "ink",
  primaryShade: 6,
  white: "var(--on-ink)",
  black: "var(--ink)",
  colors: {
    ink: flat("--ink"),
    accent: flat("--accent"),
    danger: flat("--danger"),
    red: flat("--danger"),
    gray: shades(
      "surface-2",
      "sunken",
      "line",
      "line-2",
      "control",
      "ink-3",
      "ink-3",
      "ink-2",
      "ink-2",
      "ink",
    ),
    dark: shades(
      "ink",
      "ink-2",
      "ink-3",
      "ink-3",
      "control",
      "line",
      "surface",
      "surface",
      "bg",
      "sunken",
    ),
  },
  fontFamily: "var(--font-sans)",
  fontFamilyMonospace: "var(--font-mono)",
  fontSizes: {
    xs: "var(--fs-12)",
    sm: "var(--fs-13)",
    md: "var(--fs-14)",
    lg: "var(--fs-16)",
    xl: "var(--fs-20)",
  },
  lineHeights: {
    xs: "var(--lh-ui)",
    sm: "var(--lh-ui)",
    md: "var(--lh-ui)",
    lg: "var(--lh-ui)",
    xl: "var(--lh-tight)",
  },
  fontWeights: { regular: "400", medium: "500", bold: "600" },
  spacing: { xs: "var(--sp-1)", sm: "var(--sp-2)", md: "var(--sp-3)", lg: "var(--sp-4)", xl: "var(--sp-6)" },
  radius: { xs: "var(--r-xs)", sm: "var(--r-sm)", md: "var(--r-md)", lg: "var(--r-lg)", xl: "var(--r-full)" },
  defaultRadius: "sm",
  shadows: {
    xs: "var(--shadow-1)",
    sm: "var(--shadow-1)",
    md: "var(--shadow-2)",
    lg: "var(--shadow-2)",
    xl: "var(--shadow-3)",
  },
  breakpoints: { xs: "30em", sm: "47.5em", md: "60em", lg: "80em", xl: "90em" },
  cursorType: "pointer",
  respectReducedMotion: true,
  variantColorResolver: colorsOfVariant,
  components,
});

const everywhere = {
  "--mantine-color-body": "var(--bg)",
  "--mantine-color-text": "var(--ink)",
  "--mantine-color-dimmed": "var(--ink-3)",
  "--mantine-color-placeholder": "var(--ink-3)",
  "--mantine-color-error": "var(--danger)",
  "--mantine-color-success": "var(--ok)",
  "--mantine-color-anchor": "var(--accent)",
  "--mantine-color-default": "var(--surface)",
  "--mantine-color-default-hover": "var(--surface-2)",
  "--mantine-color-default-color": "var(--ink)",
  "--mantine-color-default-border": "var(--line-2)",
  "--mantine-color-disabled": "var(--sunken)",
  "--mantine-color-disabled-color": "var(--ink-3)",
  "--mantine-color-disabled-border": "var(--line)",
  "--mantine-primary-color-filled": "var(--ink)",
  "--mantine-primary-color-filled-hover": "var(--ink-2)",
  "--mantine-primary-color-light": "var(--sunken)",
  "--mantine-primary-color-light-hover": "var(--line)",
  "--mantine-primary-color-light-color": "var(--ink)",
};

/** Gives Mantine the design's own variables; both schemes get the same names, which differ by `data-theme`. */
export const resolveVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: everywhere,
  dark: everywhere,
});
