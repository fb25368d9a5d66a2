import './patient.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { obeyContentPolicy } from '../../lib/content-policy.ts';
import { startWorker, workerAddress } from './device/start-worker.ts';
import { PatientApp } from './PatientApp.tsx';

obeyContentPolicy(workerAddress);
startWorker();

const root = document.getElementById('root');
if (root !== null) createRoot(root).render(<StrictMode><PatientApp /></StrictMode>);
