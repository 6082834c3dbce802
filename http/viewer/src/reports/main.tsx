import { Frame } from '@/shell/Frame';
import { startPage } from '@/shell/startPage';
import { Reports } from './Reports';

void startPage(
  ['reports', 'worklist', 'annotations', 'documents', 'admin'],
  <Frame>
    <Reports />
  </Frame>,
);
