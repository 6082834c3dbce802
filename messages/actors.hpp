#pragma once

#include "messages/accounts.hpp"
#include "messages/analyses.hpp"
#include "messages/annotations.hpp"
#include "messages/blob.hpp"
#include "messages/edit.hpp"
#include "messages/errors.hpp"
#include "messages/events.hpp"
#include "messages/find.hpp"
#include "messages/ingest.hpp"
#include "messages/jobs.hpp"
#include "messages/preferences.hpp"
#include "messages/query.hpp"
#include "messages/reports.hpp"
#include "messages/routing.hpp"
#include "messages/system.hpp"
#include "messages/workitem.hpp"

#include <caf/atom.hpp>
#include <caf/replies_to.hpp>
#include <caf/typed_actor.hpp>

#include <string>
#include <vector>

/// The catalogue: every actor's interface, a line for each message. A request is answered or fails with an
/// error of `errors.hpp`; a message that only `reacts_to` may be sent as a request to learn when it is done.
namespace noctis {

using open_atom = caf::atom_constant<caf::atom("open")>;
using append_atom = caf::atom_constant<caf::atom("append")>;
using finish_atom = caf::atom_constant<caf::atom("finish")>;
using drop_atom = caf::atom_constant<caf::atom("drop")>;
using remove_atom = caf::atom_constant<caf::atom("remove")>;
using find_atom = caf::atom_constant<caf::atom("find")>;
using list_atom = caf::atom_constant<caf::atom("list")>;
using count_atom = caf::atom_constant<caf::atom("count")>;
using retry_atom = caf::atom_constant<caf::atom("retry")>;
using ping_atom = caf::atom_constant<caf::atom("ping")>;
using status_atom = caf::atom_constant<caf::atom("status")>;
using metrics_atom = caf::atom_constant<caf::atom("metrics")>;
using services_atom = caf::atom_constant<caf::atom("services")>;
using drain_atom = caf::atom_constant<caf::atom("drain")>;
using cancel_atom = caf::atom_constant<caf::atom("cancel")>;

/// Spoken by every actor that measures itself.
using metrics_protocol = caf::typed_actor<
    // What this actor has counted since it started.
    caf::replies_to<metrics_atom>::with<std::vector<metric>>>;

/// Sees one instance after the other from its bytes to its place in store and index. One for each
/// association or upload; it takes the next instance when it has answered the last.
using intake_actor = caf::typed_actor<
    // A whole instance.
    caf::replies_to<arrival, blob>::with<store_outcome>,
    // Begins an instance that comes in pieces.
    caf::reacts_to<open_atom, arrival>,
    // The next piece; answered when it is written, so that one is under way at a time.
    caf::reacts_to<append_atom, blob>,
    // All pieces are there.
    caf::replies_to<finish_atom>::with<store_outcome>,
    // The sender went away in the middle.
    caf::reacts_to<drop_atom>>;

/// Reads headers. One for each intake, since a piecewise instance is parsed as it comes; it dies alone if a
/// data set brings it down.
using parser_actor = caf::typed_actor<
    // The header of a whole instance.
    caf::replies_to<arrival, blob>::with<parsed_instance>,
    // Begins an instance that comes in pieces.
    caf::reacts_to<open_atom, arrival>,
    // The next piece.
    caf::reacts_to<append_atom, blob>,
    // The header, once the data set has proved to be whole.
    caf::replies_to<finish_atom>::with<parsed_instance>>;

/// Owns one directory of one node's store and makes files in it durable.
using storer_actor = caf::typed_actor<
    // Writes a file whole; answered when it is durable under its final name.
    caf::replies_to<put_file>::with<location>,
    // Begins a file that comes in pieces, the blob being its Part 10 header ("" when the pieces bring it).
    caf::replies_to<open_atom, blob>::with<stream_id>,
    // Appends; answered when written.
    caf::reacts_to<append_atom, stream_id, blob>,
    // Makes the stream a durable file.
    caf::replies_to<seal_stream>::with<location>,
    // Forgets a stream and its bytes.
    caf::reacts_to<drop_atom, stream_id>,
    // A row names this file now: whoever had it written need not live on for its sake.
    caf::reacts_to<finish_atom, location>,
    // Removes a file that no row names.
    caf::reacts_to<remove_atom, location>,
    // A file may or may not have a row: finds out as soon as the index answers, and indexes it if not.
    caf::reacts_to<retry_atom, location>,
    // Whether a file is there in its full length.
    caf::replies_to<find_atom, location>::with<bool>,
    // Puts bytes that cannot be indexed aside, within the quota.
    caf::replies_to<quarantine_file>::with<location>,
    // Space and work at hand.
    caf::replies_to<status_atom>::with<storer_status>>::extend_with<metrics_protocol>;

/// Reads from one node's store.
using reader_actor = caf::typed_actor<
    // Bytes of a file; fewer than asked for only at its end.
    caf::replies_to<read_range>::with<blob>,
    // What the headers of several files say.
    caf::replies_to<describe_files>::with<file_descriptions>>;

/// Writes the index, in groups.
using indexer_actor = caf::typed_actor<
    // Adds an instance; answered when the transaction has committed.
    caf::replies_to<index_entry>::with<index_result>,
    // Gives a known instance another copy, in place of one that is lost.
    caf::reacts_to<retry_atom, int64_t, location>,
    // Records a quarantined object and answers its id; one that is recorded already keeps its row.
    caf::replies_to<quarantine_entry>::with<int64_t>,
    // Whether the database answers.
    caf::replies_to<status_atom>::with<component_status>>::extend_with<metrics_protocol>;

/// Reads the index.
using query_actor = caf::typed_actor<
    // A page of the worklist.
    caf::replies_to<study_filter>::with<study_page>,
    // A study with its series and images.
    caf::replies_to<study_request>::with<study_detail>,
    // A series with its images.
    caf::replies_to<series_request>::with<series_row>,
    // An image with where it belongs.
    caf::replies_to<image_request>::with<image_detail>,
    // Matches of a query.
    caf::replies_to<find_request>::with<find_page>,
    // Patients as people look for them.
    caf::replies_to<patient_filter>::with<patient_page>,
    // A patient with its studies.
    caf::replies_to<patient_request>::with<patient_detail>,
    // Instances of a study in order of their ids.
    caf::replies_to<instances_request>::with<instance_list>,
    // The annotations of a study.
    caf::replies_to<annotation_filter>::with<annotation_list>,
    // Every version of an annotation.
    caf::replies_to<annotation_history_request>::with<annotation_list>,
    // Totals.
    caf::replies_to<statistics_request>::with<statistics>,
    // Every registered application entity.
    caf::replies_to<list_atom, principal>::with<ae_list>,
    // Every node that holds or held a lease.
    caf::replies_to<status_atom, principal>::with<node_list>,
    // Quarantined objects.
    caf::replies_to<quarantine_filter>::with<std::vector<quarantine_entry>>,
    // How many quarantined objects there are.
    caf::replies_to<count_atom, quarantine_filter>::with<int64_t>,
    // One quarantined object.
    caf::replies_to<find_atom, principal, int64_t>::with<quarantine_entry>,
    // What happened after a place in the order of events.
    caf::replies_to<events_request>::with<events_page>,
    // The principal's own documents.
    caf::replies_to<preferences_request>::with<preference_list>,
    // Which of these files have a row.
    caf::replies_to<known_files_request>::with<path_list>,
    // Forgets a quarantined object that was retried with success or deleted.
    caf::reacts_to<remove_atom, principal, int64_t>>;

/// Changes what is kept, on a person's or a modality's behalf.
using editor_actor = caf::typed_actor<
    // Changes a study's status, priority or reader; answers the study as it is now.
    caf::replies_to<study_change>::with<study_row>,
    // Hides a study, series or instance.
    caf::reacts_to<delete_request>,
    // Shows it again.
    caf::reacts_to<restore_request>,
    // Makes one patient of two; answers the one that stays.
    caf::replies_to<merge_request>::with<patient_row>,
    // Gives studies another patient; answers that patient.
    caf::replies_to<split_request>::with<patient_row>,
    // Makes an annotation or its next version.
    caf::replies_to<annotation_put>::with<annotation_result>,
    // Deletes an annotation; its versions stay.
    caf::replies_to<annotation_removal>::with<annotation_result>,
    // Has annotations written as DICOM objects; answers the job's id.
    caf::replies_to<annotation_store_request>::with<int64_t>,
    // Schedules a procedure step, or changes one.
    caf::replies_to<workitem_put>::with<workitem>,
    // One procedure step.
    caf::replies_to<workitem_request>::with<workitem>,
    // Claims, completes or cancels a procedure step.
    caf::replies_to<workitem_transition>::with<workitem>,
    // Withdraws a scheduled procedure step.
    caf::reacts_to<workitem_removal>,
    // What a modality says of a step that it performs.
    caf::reacts_to<performed_step>,
    // Every routing rule that the principal may see.
    caf::replies_to<list_atom, principal>::with<routing_rules>,
    // Makes or changes a routing rule; answers it with its id.
    caf::replies_to<routing_rule_put>::with<routing_rule>,
    // Removes a routing rule.
    caf::reacts_to<remove_atom, principal, int64_t>,
    // Writes a document of the principal's own, or answers the one that is there.
    caf::replies_to<preference_put>::with<preference_outcome>,
    // Forgets a document of the principal's own.
    caf::reacts_to<preference_removal>,
    // Registers an application entity or changes it; answers it as it is now.
    caf::replies_to<ae_put>::with<ae_row>,
    // Forgets an application entity.
    caf::reacts_to<ae_removal>>;

/// Keeps the ledger of background work.
using jobs_actor = caf::typed_actor<
    // Adds a job; answers its id.
    caf::replies_to<job_submission>::with<int64_t>,
    // The next job, or an empty list.
    caf::replies_to<job_claim>::with<std::vector<job>>,
    // Tokens of jobs that are due, to be carried to workers.
    caf::replies_to<job_handout>::with<std::vector<job_token>>,
    // How the queues are.
    caf::replies_to<queue_request>::with<queue_states>,
    // How far a job is; false: stop it.
    caf::replies_to<job_progress>::with<bool>,
    // A job is done, or failed.
    caf::reacts_to<job_end>,
    // A page of jobs.
    caf::replies_to<job_filter>::with<job_page>,
    // One job.
    caf::replies_to<find_atom, principal, int64_t>::with<job>,
    // Stops a job that waits or runs.
    caf::replies_to<cancel_atom, principal, int64_t>::with<job>,
    // Lets a failed or cancelled job begin anew.
    caf::replies_to<retry_atom, principal, int64_t>::with<job>,
    // What a routing rule has still to send of a study.
    caf::replies_to<undelivered_request>::with<instance_list>,
    // What a routing rule has sent.
    caf::reacts_to<delivery_report>,
    // Which DICOM objects are to be written of somebody's annotations.
    caf::replies_to<annotation_order>::with<annotation_plan>,
    // One of them is in the archive.
    caf::reacts_to<annotation_report>>;

/// Keeps what analysers found, and the alerts that follow.
using analyses_actor = caf::typed_actor<
    // The runs of a study.
    caf::replies_to<analysis_filter>::with<analysis_list>,
    // Keeps a run; answers its id.
    caf::replies_to<analysis_record>::with<int64_t>,
    // A reader's word on a finding; answers the finding.
    caf::replies_to<verdict_put>::with<analysis_finding>,
    // A page of alerts.
    caf::replies_to<alert_filter>::with<alert_page>,
    // Somebody takes an alert; answers it.
    caf::replies_to<alert_acknowledgement>::with<alert>,
    // Nobody took it in time; whether that is so.
    caf::replies_to<alert_escalation>::with<bool>,
    // How analysers do.
    caf::replies_to<analysis_dashboard_request>::with<analysis_dashboard>,
    // How scanners keep their HU.
    caf::replies_to<calibration_request>::with<calibration_trend>>;

/// Keeps reports, in all their versions.
using reports_actor = caf::typed_actor<
    // A page of reports.
    caf::replies_to<report_filter>::with<report_page>,
    // One report.
    caf::replies_to<report_request>::with<report>,
    // The report of a study, made where there is none.
    caf::replies_to<report_opening>::with<report>,
    // Saves a draft; answers the report as it is now.
    caf::replies_to<report_saving>::with<report>,
    // Begins to edit.
    caf::replies_to<report_claim>::with<report>,
    // Ends to edit.
    caf::reacts_to<report_release>,
    // Makes a version of a draft.
    caf::replies_to<report_signing>::with<report>,
    // Begins an amendment.
    caf::replies_to<report_amendment>::with<report>,
    // Every signed version.
    caf::replies_to<list_atom, report_request>::with<report_versions>,
    // A version's documents are in the archive.
    caf::reacts_to<report_documents>,
    // Adds an attachment; answers it without its bytes.
    caf::replies_to<report_attachment_put>::with<report_attachment>,
    // All attachments without their bytes, or one with them.
    caf::replies_to<report_attachment_request>::with<report_attachments>,
    // Removes an attachment of a draft.
    caf::reacts_to<report_attachment_removal>,
    // Notes that somebody was told; answers the note.
    caf::replies_to<report_communication_put>::with<report_communication>,
    // Who was told.
    caf::replies_to<report_communication_request>::with<report_communications>,
    // Every template.
    caf::replies_to<list_atom, principal>::with<report_templates>,
    // Makes or changes a template; answers it.
    caf::replies_to<report_template_put>::with<report_template>,
    // Removes a template.
    caf::reacts_to<report_template_removal>,
    // What stands at the head of a facility's documents.
    caf::replies_to<letterhead_request>::with<letterhead>,
    // How long reports take.
    caf::replies_to<turnaround_request>::with<turnaround>>;

/// Knows users and sessions.
using accounts_actor = caf::typed_actor<
    // Checks a password and begins a session.
    caf::replies_to<login_request>::with<session_grant>,
    // Continues a session.
    caf::replies_to<refresh_request>::with<session_grant>,
    // Ends a session at once.
    caf::reacts_to<logout_request>,
    // Who stands behind a session.
    caf::replies_to<authenticate_request>::with<authenticated>,
    // Users as colleagues see them.
    caf::replies_to<people_request>::with<people_list>>;

/// Knows other application entities; remembers the last list while the database is away.
using peers_actor = caf::typed_actor<
    // In whose name a caller acts; refused when callers must be registered and this one is not.
    caf::replies_to<caller_request>::with<principal>,
    // C-ECHO to a registered entity or to ourselves.
    caf::replies_to<echo_request>::with<echo_reply>>;

/// Redis, for what may be lost.
using cache_actor = caf::typed_actor<
    // Counts an attempt.
    caf::replies_to<rate_request>::with<rate_verdict>,
    // Values that were kept under these keys.
    caf::replies_to<cache_find>::with<cache_found>,
    // Keeps a value.
    caf::reacts_to<cache_put>,
    // Whether Redis answers.
    caf::replies_to<status_atom>::with<component_status>>;

/// Hands out a node's memory for data sets that arrive.
using budget_actor = caf::typed_actor<
    // Grants bytes, at once or when others have given theirs back.
    caf::reacts_to<reserve_bytes>,
    // Takes bytes back.
    caf::reacts_to<release_bytes>>::extend_with<metrics_protocol>;

/// Accepts connections and spawns an association actor for each.
using listener_actor = caf::typed_actor<
    // Whether it listens, and how many associations there are.
    caf::replies_to<status_atom>::with<component_status>,
    // No new associations from now on; answered when the last has ended.
    caf::reacts_to<drain_atom>>::extend_with<metrics_protocol>;

/// What one node offers to the others.
struct store_service {
  std::string node;
  storer_actor storer;
  reader_actor reader;
};

struct index_service {
  std::string node;
  indexer_actor indexer;
  query_actor query;
  accounts_actor accounts;
  editor_actor editor{};
  jobs_actor jobs{};
  analyses_actor analyses{};
  reports_actor reports{};
};

/// The stores and indexes that can be reached now, this node's own first.
struct services {
  std::vector<store_service> stores;
  std::vector<index_service> indexes;
};

/// The face of a node: the one actor that it publishes to the others.
using node_actor = caf::typed_actor<
    // What this node offers.
    caf::replies_to<services_atom>::with<services>,
    // How it does.
    caf::replies_to<status_atom>::with<node_status>,
    // Whether it is there: answers its name.
    caf::replies_to<ping_atom>::with<std::string>,
    // Takes no new work from now on.
    caf::reacts_to<drain_atom>>;

/// Knows which node offers what, from the leases in the database and the links to the nodes.
using directory_actor = caf::typed_actor<
    // The services that can be reached now.
    caf::replies_to<services_atom>::with<services>,
    // Every node that can be reached, this one first, as it does.
    caf::replies_to<status_atom>::with<std::vector<node_status>>>;

template <class I>
typename I::result_type inspect(I& f, store_service& x) {
  return f(x.node, x.storer, x.reader);
}

template <class I>
typename I::result_type inspect(I& f, index_service& x) {
  return f(x.node, x.indexer, x.query, x.accounts, x.editor, x.jobs, x.analyses, x.reports);
}

template <class I>
typename I::result_type inspect(I& f, services& x) {
  return f(x.stores, x.indexes);
}

} // namespace noctis
