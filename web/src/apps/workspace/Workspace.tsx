// The staff workspace: what stands around every page.
import { MantineProvider } from '@mantine/core';
import { QueryClientProvider } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { RouterProvider } from 'react-router/dom';
import { pageNonce } from '../../lib/content-policy.ts';
import { LanguageProvider } from '../../lib/language.tsx';
import { createQueries } from '../../lib/queries.ts';
import { ThemeProvider, useTheme } from '../../lib/theme.tsx';
import { sessionRefused } from '../../modules/security/session.ts';
import { resolveVariables, theme } from './mantine-theme.ts';
import { router } from './routes.tsx';

export function Workspace() {
  const [queries] = useState(() => {
    const cache = createQueries((error) => sessionRefused(cache, error));
    return cache;
  });
  return (
    <ThemeProvider>
      <LanguageProvider>
        <Mantine>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Mantine>
      </LanguageProvider>
    </ThemeProvider>
  );
}

function Mantine({ children }: { children: ReactNode }) {
  const { theme: chosen } = useTheme();
  return (
    <MantineProvider getStyleNonce={pageNonce} theme={theme} cssVariablesResolver={resolveVariables} defaultColorScheme="auto" {...(chosen !== 'auto' && { forceColorScheme: chosen })}>
      {children}
    </MantineProvider>
  );
}
