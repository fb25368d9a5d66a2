// Mantine drawn with our tokens: its variables point to ours, so light and dark stay in one place.
import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from '@mantine/core';

const brand: MantineColorsTuple = ['#fbeaf1', '#f4cfde', '#e9a3c0', '#dd76a1', '#d04f86', '#c23670', '#b5265d', '#a11f52', '#8f1a47', '#6d1236'];

export const theme = createTheme({
  fontFamily: 'var(--sen-font)',
  fontFamilyMonospace: 'var(--sen-font)',
  primaryColor: 'brand',
  colors: { brand },
  defaultRadius: 6,
  respectReducedMotion: true,
  headings: { fontFamily: 'var(--sen-font)', fontWeight: '600' },
});

const tokens = {
  '--mantine-color-body': 'var(--sen-surface)',
  '--mantine-color-text': 'var(--sen-ink)',
  '--mantine-color-dimmed': 'var(--sen-ink-2)',
  '--mantine-color-placeholder': 'var(--sen-ink-3)',
  '--mantine-color-default': 'var(--sen-surface)',
  '--mantine-color-default-hover': 'var(--sen-surface-2)',
  '--mantine-color-default-color': 'var(--sen-ink)',
  '--mantine-color-default-border': 'var(--sen-control)',
  '--mantine-color-error': 'var(--sen-danger)',
  '--mantine-color-brand-filled': 'var(--sen-brand)',
  '--mantine-color-brand-filled-hover': 'var(--sen-brand-strong)',
  '--mantine-primary-color-filled': 'var(--sen-brand)',
  '--mantine-primary-color-filled-hover': 'var(--sen-brand-strong)',
  '--mantine-primary-color-contrast': 'var(--sen-on-brand)',
  '--mantine-line-height': '20px',
};

export const resolveVariables: CSSVariablesResolver = () => ({ variables: {}, light: tokens, dark: tokens });
