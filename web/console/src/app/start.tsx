// The console starts here.
import { DirectionProvider, MantineProvider } from '@mantine/core';
import '@mantine/core/styles/baseline.css';
import '@mantine/core/styles/default-css-variables.css';
import '@mantine/core/styles/global.css';
import '@mantine/core/styles/UnstyledButton.layer.css';
import '@mantine/core/styles/Popover.layer.css';
import '@mantine/core/styles/CloseButton.layer.css';
import '@mantine/core/styles/Group.layer.css';
import '@mantine/core/styles/Loader.layer.css';
import '@mantine/core/styles/Input.layer.css';
import '@mantine/core/styles/InlineInput.layer.css';
import '@mantine/core/styles/ActionIcon.layer.css';
import '@mantine/core/styles/Button.layer.css';
import '@mantine/core/styles/Switch.layer.css';
import '@mantine/core/styles/Tooltip.layer.css';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { OutboxProvider } from '../features/rooms/outgoing';
import { onSignedOut } from '../lib/api';
import { LiveProvider } from '../lib/live';
import { preferences } from '../lib/preferences';
import { useStore } from '../lib/store';
import { direction, speak, type Language } from '../lib/text';
import { Toasts } from '../ui/toast';
import { attend } from './attention';
import './base.css';
import { ServicesProvider } from './context';
import { makeRouter } from './router';
import { makeServices } from './services';
import { leave } from './sign-out';
import { theme, variables } from './theme';

const services = makeServices({
  shown: () => router.state.matches.map((match) => (match.params as { rid?: string }).rid).findLast((rid) => rid !== undefined),
  alert: (alert) => attend(alert, (rid) => void router.navigate({ to: '/inbox/$rid', params: { rid } })),
});
const router = makeRouter(services.client);

onSignedOut(() => {
  services.realtime.stop();
  const { pathname, href } = router.state.location;
  if (!pathname.endsWith('/sign-in')) void leave(router, services.client, href);
});

function App() {
  const language = useSpoken(useStore(preferences, (chosen) => chosen.language));
  if (!language) return null;
  return (
    <DirectionProvider key={language} initialDirection={direction()} detectDirection={false}>
      <MantineProvider theme={theme} cssVariablesResolver={variables} defaultColorScheme="auto">
        <QueryClientProvider client={services.client}>
          <ServicesProvider value={services}>
            <LiveProvider value={services.live}>
              <OutboxProvider value={services.outbox}>
                <RouterProvider router={router} />
                <Toasts />
              </OutboxProvider>
            </LiveProvider>
          </ServicesProvider>
        </QueryClientProvider>
      </MantineProvider>
    </DirectionProvider>
  );
}

/** The language once its catalogue is there. */
function useSpoken(wanted: Language): Language | undefined {
  const [spoken, setSpoken] = useState<Language>();
  useEffect(() => { void speak(wanted).then(() => setSpoken(wanted)); }, [wanted]);
  return spoken;
}

const root = document.getElementById('root');
if (root) createRoot(root).render(<StrictMode><App /></StrictMode>);
