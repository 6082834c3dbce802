import { create } from 'zustand';

/** Work that goes on while the user does something else: a download, a transfer to another system. */
export interface Task {
  id: number;
  label: string;
  state: 'running' | 'done' | 'failed';
  /** 0 … 1; undefined where it cannot be told. */
  progress: number | undefined;
  /** How far it is or why it failed, in words. */
  detail: string;
  cancel?: (() => void) | undefined;
  again?: (() => void) | undefined;
}

export const useTasks = create<{ tasks: readonly Task[] }>(() => ({ tasks: [] }));

let next = 1;

export function addTask(task: Omit<Task, 'id' | 'state' | 'progress' | 'detail'>): number {
  const id = next++;
  const added: Task = { state: 'running', progress: undefined, detail: '', ...task, id };
  useTasks.setState(({ tasks }) => ({ tasks: [...tasks, added] }));
  return id;
}

export function updateTask(id: number, change: Partial<Task>): void {
  useTasks.setState(({ tasks }) => ({ tasks: tasks.map((task) => (task.id === id ? { ...task, ...change } : task)) }));
}

export function removeTask(id: number): void {
  useTasks.setState(({ tasks }) => ({ tasks: tasks.filter((task) => task.id !== id) }));
}
