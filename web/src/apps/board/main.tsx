import '@fontsource/be-vietnam-pro/vietnamese-800.css';
import '@fontsource/be-vietnam-pro/latin-800.css';
import '../../kit/fonts.css';
import '../../kit/tokens.css';
import './board.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { obeyContentPolicy } from '../../lib/content-policy.ts';
import { LanguageProvider } from '../../lib/language.tsx';
import { Board } from './Board.tsx';

obeyContentPolicy();

const key = /^\/board\/([0-9a-z]+)/.exec(location.pathname)?.[1] ?? '';
const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<StrictMode><LanguageProvider><Board boardKey={key} /></LanguageProvider></StrictMode>);
