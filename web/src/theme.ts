/** The look: one type scale, one spacing scale, the palette of `charts/theme.py` in both schemes. */

import { type CSSVariablesResolver, type MantineColorsTuple, createTheme, rem } from "@mantine/core";

const INDIGO: MantineColorsTuple = [
  "#eeedfd", "#dddbfb", "#bab5f6", "#9d97ff", "#7f78f2", "#655dec", "#4f46e5", "#4038c9", "#342da6", "#272280",
];

/** The greys of the dark scheme, from text to page. */
const DARK: MantineColorsTuple = [
  "#e9ebef", "#c6cbd4", "#a4abb8", "#737b89", "#4a515d", "#2d323b", "#1b1e25", "#14161b", "#0f1115", "#0b0c0f",
];

const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Helvetica Neue', Arial, 'Liberation Sans', sans-serif";
const MONOSPACE = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'Liberation Mono', monospace";

/** The list of options scrolls itself, so that a screen reader has one element for both. */
const OPTIONS = { withScrollArea: false, styles: { options: { maxHeight: 280, overflowY: "auto" } } } as const;

/** The heading of a dialog is not the page's banner, as its element would say. */
const HEADER = { attributes: { header: { role: "presentation" } } } as const;

export const theme = createTheme({
  primaryColor: "indigo",
  primaryShade: { light: 6, dark: 3 },
  colors: { indigo: INDIGO, dark: DARK },
  autoContrast: true,
  fontFamily: FONT,
  fontFamilyMonospace: MONOSPACE,
  fontSizes: { xs: rem(12), sm: rem(14), md: rem(16), lg: rem(20), xl: rem(28) },
  lineHeights: { xs: "1.35", sm: "1.45", md: "1.45", lg: "1.3", xl: "1.2" },
  headings: {
    fontFamily: FONT,
    fontWeight: "600",
    sizes: { h1: { fontSize: rem(20), lineHeight: "1.3" }, h2: { fontSize: rem(16), lineHeight: "1.4" }, h3: { fontSize: rem(14), lineHeight: "1.4" } },
  },
  spacing: { xs: rem(4), sm: rem(8), md: rem(12), lg: rem(16), xl: rem(24) },
  defaultRadius: rem(8),
  radius: { xs: rem(4), sm: rem(6), md: rem(8), lg: rem(8), xl: rem(8) },
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs", variant: "default", fw: 500 } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray", size: 32 } },
    Tooltip: { defaultProps: { openDelay: 300, transitionProps: { duration: 100 }, withArrow: false } },
    Popover: { defaultProps: { shadow: "md", transitionProps: { duration: 100 }, withinPortal: true } },
    Menu: { defaultProps: { shadow: "md", transitionProps: { duration: 100 }, withInitialFocusPlaceholder: false } },
    Modal: { defaultProps: { transitionProps: { duration: 120 }, overlayProps: { backgroundOpacity: 0.4 }, ...HEADER } },
    Drawer: { defaultProps: HEADER },
    Select: { defaultProps: { size: "xs", ...OPTIONS } },
    MultiSelect: { defaultProps: { size: "xs", ...OPTIONS } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    SegmentedControl: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Radio: { defaultProps: { size: "xs" } },
  },
});

/** Our own names for the palette; Mantine's surfaces, texts and borders follow them. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: { "--sidebar-width": rem(208) },
  light: {
    "--surface": "#ffffff",
    "--field": "#f5f6f8",
    "--hover": "#eceef2",
    "--ink": "#1b1e25",
    "--muted": "#5a6170",
    "--hairline": "#e2e5ea",
    "--right": "#2464ae",
    "--wrong": "#bb5107",
    "--accent": "#4f46e5",
    "--noise": "#8d94a1",
    "--mantine-color-body": "#ffffff",
    "--mantine-color-text": "#1b1e25",
    "--mantine-color-dimmed": "#5a6170",
    "--mantine-color-placeholder": "#5a6170",
    "--mantine-color-default-border": "#cfd4dc",
    "--mantine-color-anchor": "#4f46e5",
  },
  dark: {
    "--surface": "#14161b",
    "--field": "#1b1e25",
    "--hover": "#252932",
    "--ink": "#e9ebef",
    "--muted": "#a4abb8",
    "--hairline": "#2d323b",
    "--right": "#69a9ee",
    "--wrong": "#f2994a",
    "--accent": "#9d97ff",
    "--noise": "#737b89",
    "--mantine-color-body": "#14161b",
    "--mantine-color-text": "#e9ebef",
    "--mantine-color-dimmed": "#a4abb8",
    "--mantine-color-placeholder": "#a4abb8",
    "--mantine-color-default": "#1b1e25",
    "--mantine-color-default-hover": "#252932",
    "--mantine-color-default-border": "#3a404b",
    "--mantine-color-anchor": "#9d97ff",
  },
});
