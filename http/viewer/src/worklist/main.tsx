import { Frame } from '@/shell/Frame';
import { startPage } from '@/shell/startPage';
import { Upload } from '@/upload/Upload';
import { UploadButton } from '@/upload/UploadButton';
import { Worklist } from './Worklist';

void startPage(
  ['worklist', 'upload'],
  <Frame tools={<UploadButton />}>
    <Worklist />
    <Upload />
  </Frame>,
);
