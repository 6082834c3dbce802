// npm's dcmjs-dimse: {host, port, calling, called, listen, steps: [{action, …}]} → a result for each step. It listens on
// `listen` itself, for what C-MOVE sends and storage commitment reports.
'use strict';

const dimse = require('dcmjs-dimse');
const { run } = require('./steps');
const { Client, Dataset, Server, Scp } = dimse;
const { CEchoRequest, CFindRequest, CStoreRequest, CMoveRequest, CGetRequest } = dimse.requests;
const { NActionRequest, NCreateRequest, NSetRequest } = dimse.requests;
const { CStoreResponse, NEventReportResponse, CEchoResponse } = dimse.responses;
const { Status, PresentationContextResult, SopClass, TransferSyntax } = dimse.constants;
dimse.log.level = 'error';

const arrived = [];
const reports = [];
const plain = (dataset) => (dataset ? dataset.getElements() : null);
const described = (dataset) => ({ uid: dataset.getElement('SOPInstanceUID'), pixels: pixelsOf(dataset) });
const wait = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function pixelsOf(dataset) {
  const value = dataset.getElement('PixelData');
  const first = Array.isArray(value) ? value[0] : value;
  return first ? Buffer.from(first).toString('base64') : null;
}

class Receiver extends Scp {
  associationRequested(association) {
    for (const { id } of association.getPresentationContexts()) {
      const context = association.getPresentationContext(id);
      const wanted = [TransferSyntax.ExplicitVRLittleEndian, TransferSyntax.ImplicitVRLittleEndian];
      const known = wanted.find((uid) => context.getTransferSyntaxUids().includes(uid));
      if (known) context.setResult(PresentationContextResult.Accept, known);
      else context.setResult(PresentationContextResult.RejectTransferSyntaxesNotSupported);
    }
    this.sendAssociationAccept();
  }

  cEchoRequest(request, callback) {
    const response = CEchoResponse.fromRequest(request);
    response.setStatus(Status.Success);
    callback(response);
  }

  cStoreRequest(request, callback) {
    arrived.push(described(request.getDataset()));
    const response = CStoreResponse.fromRequest(request);
    response.setStatus(Status.Success);
    callback(response);
  }

  nEventReportRequest(request, callback) {
    reports.push({ event: request.getEventTypeId(), dataset: plain(request.getDataset()) });
    const response = NEventReportResponse.fromRequest(request);
    response.setStatus(Status.Success);
    callback(response);
  }

  associationReleaseRequested() {
    this.sendAssociationReleaseResponse();
  }
}

/** Sends requests over one association; resolves to the responses of each, as {status, dataset, …}. */
function exchange(job, requests, prepare = () => {}) {
  return new Promise((resolve, reject) => {
    const client = new Client();
    const answers = requests.map(() => []);
    requests.forEach((request, n) => {
      request.on('response', (response) => {
        const counts = response.getCompleted
          ? { completed: response.getCompleted(), failed: response.getFailures(), remaining: response.getRemaining() }
          : {};
        answers[n].push({ status: response.getStatus(), dataset: plain(response.getDataset()), ...counts });
      });
      client.addRequest(request);
    });
    prepare(client);
    client.on('networkError', (error) => reject(error));
    client.on('associationRejected', (reason) => reject(new Error(`rejected: ${JSON.stringify(reason)}`)));
    client.on('closed', () => resolve(answers));
    client.send(job.host, job.port, job.calling, job.called);
  });
}

const finders = { study: 'createStudyFindRequest', series: 'createSeriesFindRequest', image: 'createImageFindRequest',
  worklist: 'createWorklistFindRequest' };

const actions = {
  echo: (job) => exchange(job, [new CEchoRequest()]),

  find: (job, { level, elements }) => exchange(job, [CFindRequest[finders[level]](elements)]),

  store: (job, { files }) => exchange(job, files.map((file) => new CStoreRequest(file))),

  async get(job, { study }) {
    const received = [];
    const answers = await exchange(job, [CGetRequest.createStudyGetRequest(study)], (client) => {
      client.on('cStoreRequest', (request, callback) => {
        received.push(described(request.getDataset()));
        const response = CStoreResponse.fromRequest(request);
        response.setStatus(Status.Success);
        callback(response);
      });
    });
    return { answers, received };
  },

  async move(job, { study, destination }) {
    arrived.length = 0;
    const answers = await exchange(job, [CMoveRequest.createStudyMoveRequest(destination, study)]);
    return { answers, received: arrived.slice() };
  },

  async commit(job, { transaction, instances, seconds }) {
    reports.length = 0;
    const request = new NActionRequest(SopClass.StorageCommitmentPushModel || '1.2.840.10008.1.20.1',
      '1.2.840.10008.1.20.1.1', 1);
    request.setDataset(new Dataset({ TransactionUID: transaction, ReferencedSOPSequence: instances }));
    const answers = await exchange(job, [request]);
    for (let waited = 0; reports.length === 0 && waited < seconds * 1000; waited += 100) await wait(100);
    return { answers, reports: reports.slice() };
  },

  async perform(job, { uid, created, set }) {
    const create = new NCreateRequest('1.2.840.10008.3.1.2.3.3', uid);
    create.setDataset(new Dataset(created));
    const first = await exchange(job, [create]);
    const change = new NSetRequest('1.2.840.10008.3.1.2.3.3', uid);
    change.setDataset(new Dataset(set));
    return [...first, ...(await exchange(job, [change]))];
  },
};

run(async (job) => {
  const server = new Server(Receiver);
  if (job.listen) server.listen(job.listen);
  const results = [];
  for (const step of job.steps) {
    try {
      results.push(await actions[step.action](job, step));
    } catch (error) {
      results.push({ failed: String((error && (error.stack || error.message)) || error) });
    }
  }
  return results;
});
