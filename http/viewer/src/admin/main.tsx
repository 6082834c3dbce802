import { Frame } from '@/shell/Frame';
import { startPage } from '@/shell/startPage';
import { Admin } from './Admin';

void startPage(
  ['admin'],
  <Frame>
    <Admin />
  </Frame>,
);
