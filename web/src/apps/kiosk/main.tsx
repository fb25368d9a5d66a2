import '@fontsource/be-vietnam-pro/vietnamese-800.css';
import '@fontsource/be-vietnam-pro/latin-800.css';
import '../../kit/fonts.css';
import '../../kit/tokens.css';
import './kiosk.css';
import './slip.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { obeyContentPolicy } from '../../lib/content-policy.ts';
import { LanguageProvider } from '../../lib/language.tsx';
import { Kiosk } from './Kiosk.tsx';

obeyContentPolicy();

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<StrictMode><LanguageProvider><Kiosk /></LanguageProvider></StrictMode>);
