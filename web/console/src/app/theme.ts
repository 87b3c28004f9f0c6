// All colours, sizes and shapes of the console. Change them here and nowhere else.
import {
  createTheme,
  type CSSVariablesResolver,
  type MantineColorsTuple,
} from '@mantine/core';

const accent: MantineColorsTuple = [
  '#eef2ff', '#dfe6ff', '#bccafe', '#93a9fc', '#6c88f7',
  '#4b69ee', '#3353e0', '#2843bd', '#213795', '#1b2d75',
];

const grey: MantineColorsTuple = [
  '#f7f8fa', '#f0f2f5', '#e5e8ed', '#d7dbe3', '#bcc3ce',
  '#8f98a7', '#6b7484', '#525b6a', '#363d49', '#14181f',
];

const dark: MantineColorsTuple = [
  '#e8ebf0', '#b4bbc8', '#8d96a5', '#697384', '#3d4654',
  '#2c333f', '#222832', '#191e26', '#13171d', '#0e1116',
];

const red: MantineColorsTuple = [
  '#fff1f0', '#ffe0dd', '#fdbfba', '#f8958d', '#ee6b61',
  '#e04a3f', '#c93429', '#a82a21', '#86241d', '#6a1f1a',
];

const amber: MantineColorsTuple = [
  '#fff8eb', '#feedcb', '#fcd993', '#f8c05b', '#eea42f',
  '#d98a14', '#b8700b', '#93580a', '#75460d', '#60390f',
];

const green: MantineColorsTuple = [
  '#ecfaf3', '#d2f2e1', '#a5e4c4', '#70d0a1', '#3fb77e',
  '#229a64', '#177c4f', '#146441', '#124f35', '#0f412c',
];

const system =
  "ui-sans-serif, system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', 'Helvetica Neue', Arial, sans-serif";

export const theme = createTheme({
  colors: { accent, gray: grey, dark, red, amber, green },
  primaryColor: 'accent',
  primaryShade: { light: 6, dark: 5 },
  white: '#ffffff',
  black: grey[9],
  fontFamily: system,
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: '12px', sm: '13px', md: '14px', lg: '16px', xl: '20px' },
  lineHeights: { xs: '16px', sm: '18px', md: '20px', lg: '24px', xl: '28px' },
  spacing: { xs: '8px', sm: '12px', md: '16px', lg: '24px', xl: '32px' },
  radius: { xs: '4px', sm: '6px', md: '6px', lg: '10px', xl: '16px' },
  defaultRadius: 'sm',
  headings: { fontFamily: system, fontWeight: '600' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: 'sm' } },
    InputWrapper: { styles: { label: { marginBlockEnd: 4 }, description: { fontSize: 12, lineHeight: '16px', marginBlockEnd: 4 }, error: { fontSize: 12, lineHeight: '16px' } } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: false, offset: 6, color: 'dark.7', fz: 12 } },
    Modal: { styles: { title: { fontSize: 16, fontWeight: 600, lineHeight: '24px' } }, defaultProps: { radius: 'lg', centered: true, overlayProps: { backgroundOpacity: 0.35 } } },
    // What is typed and confirmed by Enter is chosen, however quickly.
    Select: { defaultProps: { selectFirstOptionOnChange: true } },
    MultiSelect: { defaultProps: { selectFirstOptionOnChange: true } },
    Menu: { defaultProps: { radius: 'lg', shadow: 'md', position: 'bottom-end' } },
  },
});

/** The console's own names for colours, for each scheme designed by itself. */
export const variables: CSSVariablesResolver = () => ({
  variables: {
    '--f-rail': '60px',
    '--f-list': '320px',
    '--f-context': '340px',
    '--f-quick': '140ms cubic-bezier(.2,.7,.3,1)',
  },
  light: {
    '--mantine-color-body': '#ffffff',
    '--mantine-color-text': grey[9],
    '--mantine-color-dimmed': grey[7],
    '--mantine-color-placeholder': grey[6],
    '--mantine-color-default-border': grey[3],
    '--mantine-color-error': red[6],
    '--mantine-color-red-light': red[0],
    '--mantine-color-red-light-color': red[7],
    '--mantine-color-accent-light': accent[0],
    '--mantine-color-accent-light-hover': accent[1],
    '--mantine-color-accent-light-color': accent[7],
    '--f-ground': grey[0],
    '--f-surface': '#ffffff',
    '--f-raised': '#ffffff',
    '--f-hover': grey[1],
    '--f-chosen': '#eaeefb',
    '--f-line': grey[2],
    '--f-line-strong': grey[3],
    '--f-text': grey[9],
    '--f-text-2': grey[7],
    '--f-text-3': '#687181',
    '--f-accent': accent[6],
    '--f-accent-text': accent[7],
    '--f-on-accent': '#ffffff',
    '--f-theirs': grey[1],
    '--f-ours': '#e4eafe',
    '--f-success': green[6],
    '--f-success-soft': green[0],
    '--f-warning': amber[7],
    '--f-warning-soft': amber[0],
    '--f-warning-mark': amber[4],
    '--f-danger': red[6],
    '--f-danger-soft': red[0],
    '--f-shadow': '0 1px 2px rgb(20 24 31 / 6%), 0 8px 28px rgb(20 24 31 / 12%)',
  },
  dark: {
    '--mantine-color-body': dark[8],
    '--mantine-color-text': dark[0],
    '--mantine-color-dimmed': dark[1],
    '--mantine-color-placeholder': dark[2],
    '--mantine-color-default': dark[7],
    '--mantine-color-default-hover': dark[6],
    '--mantine-color-default-border': dark[4],
    '--mantine-color-error': red[3],
    '--mantine-color-red-filled': red[6],
    '--mantine-color-red-filled-hover': red[7],
    '--mantine-color-red-light': '#321918',
    '--mantine-color-red-light-color': red[2],
    '--mantine-color-accent-light': '#1e2a4d',
    '--mantine-color-accent-light-hover': '#26355f',
    '--mantine-color-accent-light-color': accent[2],
    '--f-ground': dark[9],
    '--f-surface': dark[8],
    '--f-raised': dark[7],
    '--f-hover': '#1b2029',
    '--f-chosen': '#1c2640',
    '--f-line': '#232933',
    '--f-line-strong': '#333b47',
    '--f-text': dark[0],
    '--f-text-2': dark[1],
    '--f-text-3': dark[2],
    '--f-accent': accent[4],
    '--f-accent-text': accent[3],
    '--f-on-accent': '#ffffff',
    '--f-theirs': '#1d232c',
    '--f-ours': '#22305c',
    '--f-success': green[3],
    '--f-success-soft': '#11271d',
    '--f-warning': amber[3],
    '--f-warning-soft': '#2a2110',
    '--f-warning-mark': amber[4],
    '--f-danger': red[3],
    '--f-danger-soft': '#321918',
    '--f-shadow': '0 0 0 1px rgb(255 255 255 / 5%), 0 12px 36px rgb(0 0 0 / 55%)',
  },
});
