// The front door of the catalogue.
export { addStarterLists } from './add-starter-lists.ts';
export { importCodeLists, importEdition, type CodeListReport } from './import-code-lists.ts';
