import { startPage } from '@/shell/startPage';
import { Login } from './Login';

void startPage(['login'], <Login />);
