import { Frame } from '@/shell/Frame';
import { startPage } from '@/shell/startPage';

void startPage([], <Frame>{null}</Frame>);
