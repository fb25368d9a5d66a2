// The pages and their addresses; each page is fetched when it is first opened.
import { createBrowserRouter, Navigate } from 'react-router';
import { BrokenPage, MissingPage } from './pages/error-pages.tsx';
import { Waiting } from './pages/Waiting.tsx';
import { Shell } from './Shell.tsx';

export const router = createBrowserRouter([
  {
    path: '/',
    element: <Shell />,
    errorElement: <BrokenPage />,
    hydrateFallbackElement: <Waiting />,
    children: [
      {
        errorElement: <BrokenPage />,
        children: [
          { index: true, lazy: () => import('./pages/HomePage.tsx') },
          {
            path: 'patients/:patientId',
            lazy: () => import('./pages/ChartPage.tsx'),
            children: [
              { index: true, element: <Navigate to="summary" replace /> },
              { path: 'summary', lazy: () => import('../../modules/encounters/SummaryPage.tsx') },
              { path: 'timeline', lazy: () => import('../../modules/encounters/TimelinePage.tsx') },
              { path: 'results', lazy: () => import('../../modules/encounters/ResultsPage.tsx') },
              { path: 'medicines', lazy: () => import('../../modules/encounters/MedicinesPage.tsx') },
              { path: 'documents/:documentId?', lazy: () => import('../../modules/encounters/DocumentsPage.tsx') },
            ],
          },
          { path: '*', element: <MissingPage /> },
        ],
      },
    ],
  },
]);
