// The project that `weft init` makes: its own tests run here, as its owner's would.
import '../../starter/test/property.test.js';
