"""Lasso paths by scikit-learn, for the program beside this file."""

import warnings

from child import Peers, np, serve

try:
    import sklearn
    from sklearn.linear_model import lars_path, lasso_path
except ImportError as error:
    sklearn, NO_SKLEARN = None, error


class Regularization(Peers):
    """Inputs are x, (n, p), centred with columns of length 1, y, (n), and the penalties, from the largest down."""

    def hello(self, request, _):
        if np is None or sklearn is None:
            return {"offers": [], "missing": [f"scikit-learn: {NO_SKLEARN if sklearn is None else 'no numpy'}"]}, b""
        names = ["sklearn lasso_path", "sklearn lars_path"]
        return {"offers": [{"name": name, "version": sklearn.__version__} for name in names], "missing": []}, b""

    def prepare(self, request, data):
        n, p, points = request["shape"]
        numbers = np.frombuffer(data, dtype="<f4").astype(np.float64)
        x, y, lambdas = np.split(numbers, [n * p, n * p + n])
        # In the order of memory that it works in: no copy is timed.
        x = np.asfortranarray(x.reshape(n, p))
        assert len(lambdas) == points
        alphas, tol = lambdas / n, request["gap"]
        warnings.filterwarnings("ignore")
        self.run = {
            "sklearn lasso_path": lambda: lasso_path(x, y, alphas=alphas, tol=tol, max_iter=100_000)[1].T,
            "sklearn lars_path": lambda: lars_path(x, y, method="lasso")[2].T[-1],
        }
        return {}, b""


if __name__ == "__main__":
    serve(Regularization())
