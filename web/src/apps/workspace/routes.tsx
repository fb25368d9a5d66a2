// The pages and their addresses; each page is fetched when it is first opened.
import { createBrowserRouter, Navigate } from 'react-router';
import { BrokenPage, MissingPage } from './pages/error-pages.tsx';
import { Waiting } from './pages/Waiting.tsx';
import { PatientSignInPage, SetUpPage } from './pages/SignInPage.tsx';
import { Shell } from './Shell.tsx';

export const router = createBrowserRouter([
  { path: '/sign-in/patient', errorElement: <BrokenPage />, element: <PatientSignInPage /> },
  { path: '/setup', errorElement: <BrokenPage />, element: <SetUpPage /> },
  { path: '/authorize/:requestId', errorElement: <BrokenPage />, hydrateFallbackElement: <Waiting />, lazy: () => import('./pages/AuthorizePage.tsx') },
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
          { path: 'patients/:patientId/consents', lazy: () => import('../../modules/security/consent/DeskConsentsPage.tsx') },
          { path: 'consents', lazy: () => import('./pages/ConsentsPage.tsx') },
          { path: 'my', lazy: () => import('./pages/MyPage.tsx') },
          { path: 'my/sharing', lazy: () => import('../../modules/security/consent/SharingPage.tsx') },
          { path: 'my/sharing/new', lazy: () => import('../../modules/security/consent/NewSharingPage.tsx') },
          { path: 'my/requests', lazy: () => import('../../modules/security/requests/MyRequestsPage.tsx') },
          { path: 'emergencies', lazy: () => import('../../modules/security/emergency/EmergenciesPage.tsx') },
          { path: 'requests', lazy: () => import('../../modules/security/requests/RequestsPage.tsx') },
          { path: 'requests/new', lazy: () => import('./pages/NewRequestPage.tsx') },
          { path: 'requests/:requestId', lazy: () => import('../../modules/security/requests/RequestPage.tsx') },
          { path: 'requests/:requestId/letter', lazy: () => import('./pages/LetterPage.tsx') },
          { path: 'privacy', lazy: () => import('../../modules/security/requests/PrivacyPage.tsx') },
          { path: 'my/apps', lazy: () => import('./pages/AllowedAppsPage.tsx') },
          { path: 'apps', lazy: () => import('./pages/AppsPage.tsx') },
          { path: 'policy', lazy: () => import('../../modules/security/policy/PolicyPage.tsx') },
          { path: 'audit', lazy: () => import('../../modules/security/audit/AuditPage.tsx') },
          { path: 'my/access-log', lazy: () => import('../../modules/security/audit/OwnAccessPage.tsx') },
          { path: 'my/account', lazy: () => import('../../modules/security/OwnAccountPage.tsx') },
          { path: 'accounts', lazy: () => import('../../modules/security/AccountsPage.tsx') },
          { path: 'duplicates/:pairId?', lazy: () => import('../../modules/identity/duplicates/DuplicatesPage.tsx') },
          { path: 'desk', lazy: () => import('./pages/DeskPage.tsx') },
          { path: 'rooms', lazy: () => import('../../modules/encounters/queue/RoomsPage.tsx') },
          { path: 'rooms/:roomId', lazy: () => import('./pages/RoomPage.tsx') },
          { path: 'boards', lazy: () => import('../../modules/encounters/queue/BoardsPage.tsx') },
          { path: 'day', lazy: () => import('../../modules/booking/day/DayPage.tsx') },
          { path: 'switchboard', lazy: () => import('./pages/SwitchboardPage.tsx') },
          { path: 'messages', lazy: () => import('../../modules/messages/MessagesPage.tsx') },
          { path: 'schedules', lazy: () => import('../../modules/booking/schedules/SchedulesPage.tsx') },
          { path: '*', element: <MissingPage /> },
        ],
      },
    ],
  },
]);
