// The child that runs kernels on Deno's WebGPU, which is wgpu with naga as its compiler of WGSL: requests in, answers out, one line of JSON each.
// Invariant: an answer has the words of the outputs only where no error was reported. It shares nothing with the runner of src/run/device, and it does
// not know what a buffer's words mean.
const { gpu } = globalThis.navigator;
const STORAGE = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
const decoded = (text) => Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
function encoded(bytes) {
  let text = '';
  for (let i = 0; i < bytes.length; i += 8192) text += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(text);
}

async function openDevice() {
  const adapter = await gpu.requestAdapter();
  if (!adapter) throw new Error('no adapter');
  const names = [
    'maxComputeWorkgroupStorageSize',
    'maxComputeInvocationsPerWorkgroup',
    'maxStorageBuffersPerShaderStage',
  ];
  const requiredLimits = Object.fromEntries(names.map((n) => [n, adapter.limits[n]]));
  return { adapter, device: await adapter.requestDevice({ requiredLimits }) };
}

async function scoped(device, work) {
  for (const scope of ['internal', 'out-of-memory', 'validation']) device.pushErrorScope(scope);
  let result, thrown;
  try {
    result = await work();
  } catch (error) {
    thrown = error;
  }
  const errors = [];
  for (let i = 0; i < 3; i++) errors.push(await device.popErrorScope());
  const found = errors.find((e) => e) ?? thrown;
  if (found) throw new Error(found.message);
  return result;
}

const pipelines = new Map();

async function pipelineOf(device, { entry, text, access, uniform }) {
  const key = JSON.stringify([entry, text, access, uniform]);
  const known = pipelines.get(key);
  if (known) return known;
  const types = [
    ...access.map((a) => (a === 'read' ? 'read-only-storage' : 'storage')),
    ...(uniform ? ['uniform'] : []),
  ];
  const made = await scoped(device, () => {
    const layout = device.createBindGroupLayout({
      entries: types.map((type, binding) => ({ binding, visibility: GPUShaderStage.COMPUTE, buffer: { type } })),
    });
    const module = device.createShaderModule({ code: text });
    const pipeline = device.createComputePipeline({
      layout: device.createPipelineLayout({ bindGroupLayouts: [layout] }),
      compute: { module, entryPoint: entry },
    });
    return { pipeline, layout };
  });
  pipelines.set(key, made);
  return made;
}

function upload(device, bytes, usage) {
  const buffer = device.createBuffer({ size: bytes.byteLength, usage: usage | GPUBufferUsage.COPY_DST });
  device.queue.writeBuffer(buffer, 0, bytes);
  return buffer;
}

async function launch(device, made, { access, buffers, params, grid }) {
  const bound = buffers.map((words) => upload(device, decoded(words), STORAGE));
  if (params) bound.push(upload(device, decoded(params), GPUBufferUsage.UNIFORM));
  const outputs = bound.filter((_, i) => access[i] === 'read_write');
  const reads = outputs.map(({ size }) =>
    device.createBuffer({ size, usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST }),
  );
  const encoder = device.createCommandEncoder();
  const pass = encoder.beginComputePass();
  pass.setPipeline(made.pipeline);
  const entries = bound.map((buffer, binding) => ({ binding, resource: { buffer } }));
  pass.setBindGroup(0, device.createBindGroup({ layout: made.layout, entries }));
  pass.dispatchWorkgroups(...grid);
  pass.end();
  outputs.forEach((from, i) => encoder.copyBufferToBuffer(from, 0, reads[i], 0, from.size));
  device.queue.submit([encoder.finish()]);
  const found = [];
  for (const read of reads) {
    await read.mapAsync(GPUMapMode.READ);
    found.push(encoded(new Uint8Array(read.getMappedRange()).slice()));
    read.unmap();
  }
  for (const buffer of [...bound, ...reads]) buffer.destroy();
  return found;
}

async function answer({ adapter, device }, request) {
  if (request.what === 'hello') {
    const { vendor, device: name, description } = adapter.info;
    return { version: globalThis.Deno.version.deno, adapter: [vendor, name, description].join(' ') };
  }
  if (request.what === 'validate') {
    await scoped(device, () => device.createShaderModule({ code: request.text }));
    return {};
  }
  const made = await pipelineOf(device, request);
  return { outputs: await scoped(device, () => launch(device, made, request)) };
}

const opened = await openDevice();
let pending = '';
for await (const chunk of globalThis.Deno.stdin.readable.pipeThrough(new TextDecoderStream())) {
  const lines = (pending + chunk).split('\n');
  pending = lines.pop();
  for (const line of lines) {
    const request = JSON.parse(line);
    const reply = await answer(opened, request).catch((error) => ({ error: String(error.message ?? error) }));
    console.log(JSON.stringify({ id: request.id, ...reply }));
  }
}
