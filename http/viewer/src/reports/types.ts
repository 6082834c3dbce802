import type { components } from '@/api/schema';
import type { Page } from '@/api/page';

export type StudyRow = components['schemas']['study'] & {
  /** Something urgent was found: whether somebody has acknowledged it. */
  alert?: 'open' | 'escalated' | 'acknowledged' | null;
  alert_reason?: string | null;
};

/** The parts of a report, in the order in which they are read. */
export const headings = [
  'clinical_information',
  'technique',
  'comparison',
  'findings',
  'impression',
  'recommendations',
] as const;

export type Heading = (typeof headings)[number];

export const reportStatuses = ['draft', 'preliminary', 'final', 'amended'] as const;

export type ReportStatus = (typeof reportStatuses)[number];
export type SignedStatus = Exclude<ReportStatus, 'draft'>;

export interface Section {
  heading: Heading;
  text: string;
}

/** A value that was put into a section, and where it comes from. */
export interface ReportValue {
  heading: Heading;
  text: string;
  source: 'annotation' | 'analysis';
  /** Of the annotation or the finding. */
  id: string;
  /** For people: `ct-head 1.0` or who measured it. */
  origin: string;
}

export interface ReportImage {
  sop_instance_uid: string;
  /** From 1. */
  frame: number;
  caption: string;
}

export interface ReportContent {
  title: string;
  /** RFC 5646 */
  language: string;
  sections: readonly Section[];
  values: readonly ReportValue[];
  images: readonly ReportImage[];
  /** Of an amended version: what was changed, and why. */
  addendum: string;
}

export interface Signature {
  signed_by: string;
  signed_at: string;
  /** SHA-256 of what was signed. */
  digest: string;
  /** Whether what is kept is still what was signed. */
  intact: boolean;
}

export interface ReportSummary {
  id: number;
  study: StudyRow;
  status: ReportStatus;
  /** Of the newest signed version; 0 where there is none. */
  version: number;
  /** There is a draft after the newest signed version. */
  editing: boolean;
  /** Counts the draft's savings. */
  revision: number;
  author: { id: number; name: string };
  editor: { id: number; name: string; since: string } | null;
  signature: Signature | null;
  created_at: string;
  updated_at: string;
  /** In a search: where the words stand, between U+0002 and U+0003. */
  snippet: string | null;
}

export interface Report extends ReportSummary {
  content: ReportContent;
}

export interface ReportVersion {
  version: number;
  status: SignedStatus;
  content: ReportContent;
  signature: Signature;
  document_uid: string | null;
  sr_uid: string | null;
}

export interface Macro {
  name: string;
  text: string;
}

/** What a template says, apart from who changed it when. */
export interface TemplateContent {
  name: string;
  /** Empty: any. */
  modality: string;
  body_part: string;
  title: string;
  sections: readonly Section[];
  macros: readonly Macro[];
}

export interface ReportTemplate extends TemplateContent {
  id: number;
  version: number;
  changed_by: string;
  updated_at: string;
}

export interface Attachment {
  id: number;
  name: string;
  media_type: string;
  /** bytes */
  size: number;
  added_by: string;
  added_at: string;
}

export const waysOfTelling = ['phone', 'in_person', 'message'] as const;

/** That somebody was told of a critical result. */
export interface Communication {
  id: number;
  told: string;
  how: (typeof waysOfTelling)[number];
  finding: string;
  read_back: boolean;
  at: string;
  told_by: string;
}

export interface Person {
  id: number;
  username: string;
  full_name: string;
}

export type { Page };
