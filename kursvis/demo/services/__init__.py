"""Making the demo by the services of every process."""
