// A small form over the page. Mantine's own header would be a second banner of the page (WCAG, ARIA landmarks): the title stands in the body.
import { Modal } from '@mantine/core';
import type { ReactNode } from 'react';

export function Sheet({ title, size = 480, close, children }: { title: string; size?: number; close: () => void; children: ReactNode }) {
  return (
    <Modal.Root opened onClose={close} size={size} lockScroll={false} transitionProps={{ duration: 0 }}>
      <Modal.Overlay />
      <Modal.Content className="sheet"><Modal.Body><Modal.Title className="sheet-title" mb={12}>{title}</Modal.Title>{children}</Modal.Body></Modal.Content>
    </Modal.Root>
  );
}
