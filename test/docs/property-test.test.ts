// The how-to on property tests: its tests run here, as a user's would, and its page shows the files that run.
import '../../examples/property-test/mine.test.js';
